import type { QueryCompletion } from '@lossline/protocol'
import { type ChangeEvent, type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react'

/** What a field completes, and what comes of it. */
export interface CompletionOptions {
  readonly value: string
  /** What can stand at a place in the text. */
  readonly complete: (text: string, cursor: number) => readonly QueryCompletion[]
  readonly onChange: (value: string) => void
  /** What follows a completion that is taken. Default: nothing. */
  readonly after?: string
  /** Offers something in an empty field too, once the arrow key down or a click asks for it. Default: not. */
  readonly offersEmpty?: boolean
  /** Takes a completion in another way than into the text. */
  readonly onTake?: (completion: QueryCompletion) => void
}

/** The state of a combobox: a text field with a list below it. */
export interface Completion {
  readonly input: RefObject<HTMLInputElement | null>
  readonly listId: string
  readonly completions: readonly QueryCompletion[]
  /** The one that the arrow keys stand on; -1: none. */
  readonly chosen: number
  readonly take: (completion: QueryCompletion) => void
  readonly close: () => void
  /** Looks at the text again where the cursor is. */
  readonly open: () => void
  /** Whether a key was meant for the list. */
  readonly takesKey: (event: KeyboardEvent<HTMLInputElement>) => boolean
  /** For the field. */
  readonly fieldProps: {
    readonly role: 'combobox'
    readonly 'aria-autocomplete': 'list'
    readonly 'aria-expanded': boolean
    readonly 'aria-controls': string | undefined
    readonly 'aria-activedescendant': string | undefined
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
  }
}

/** Completes what somebody types. The list is open from typing until it is left, taken from or closed with Escape. */
export function useCompletion(options: CompletionOptions): Completion {
  const { value, onChange, after = '', offersEmpty = false } = options
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [cursor, setCursor] = useState<number>()
  const [chosen, setChosen] = useState(-1)
  const completions =
    cursor === undefined || (value === '' && !offersEmpty)
      ? none
      : options.complete(value, Math.min(cursor, value.length))
  const isOpen = completions.length > 0

  const open = (): void => setCursor(input.current?.selectionStart ?? value.length)
  const take = (completion: QueryCompletion): void => {
    setChosen(-1)
    if (options.onTake) {
      setCursor(undefined)
      options.onTake(completion)
      return
    }
    const { text, from, to } = completion
    const rest = after === '' ? value.slice(to) : value.slice(to).trimStart()
    onChange(`${value.slice(0, from)}${text}${after}${rest}`)
    const end = from + text.length + after.length
    // After React has put the text in.
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(end, end)
      setCursor(end)
    })
  }
  return {
    input,
    listId,
    completions,
    chosen,
    take,
    open,
    close: () => setCursor(undefined),
    takesKey(event) {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      const completion = completions[chosen]
      if (by !== 0 && isOpen) setChosen((chosen + by + completions.length + 1) % (completions.length + 1))
      else if (by > 0 && offersEmpty) open()
      else if ((event.key === 'Enter' || event.key === 'Tab') && completion !== undefined) take(completion)
      else if (event.key === 'Escape' && isOpen) setCursor(undefined)
      else return false
      event.preventDefault()
      return true
    },
    fieldProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? listId : undefined,
      'aria-activedescendant': isOpen && chosen >= 0 ? `${listId}-${chosen}` : undefined,
      onChange(event) {
        onChange(event.target.value)
        setCursor(event.target.selectionStart ?? event.target.value.length)
        setChosen(-1)
      },
    },
  }
}

const none: readonly never[] = []
