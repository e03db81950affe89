import { completeRunQuery, type QueryCompletion, type RunKeyInfo } from '@lossline/protocol'
import { Filter, X } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, type Ref, useId, useRef, useState } from 'react'
import type { RunFilterState } from '../../view/runs/run-filter.ts'

/** Where people say which runs they want: words, or a query that is completed while they type. */
export function RunFilterField(props: {
  readonly value: string
  readonly state: RunFilterState
  readonly keys: readonly RunKeyInfo[]
  readonly onChange: (value: string) => void
  readonly ref?: Ref<HTMLInputElement>
  readonly className?: string
}): ReactElement {
  const { value, state, onChange } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [cursor, setCursor] = useState<number>()
  const [chosen, setChosen] = useState(-1)
  const completions = cursor === undefined || value === '' ? [] : completeRunQuery(value, cursor, props.keys)
  const isOpen = completions.length > 0
  const error = state.kind === 'error' ? state.message : undefined

  const take = ({ text, from, to }: QueryCompletion): void => {
    onChange(`${value.slice(0, from)}${text} ${value.slice(to).trimStart()}`)
    setChosen(-1)
    const end = from + text.length + 1
    // After React has put the text in.
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(end, end)
      setCursor(end)
    })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const completion = completions[chosen]
    if (by !== 0 && isOpen) setChosen((chosen + by + completions.length + 1) % (completions.length + 1))
    else if ((event.key === 'Enter' || event.key === 'Tab') && completion !== undefined) take(completion)
    else if (event.key === 'Escape' && isOpen) setCursor(undefined)
    else if (event.key === 'Escape' && value !== '') onChange('')
    else if (event.key === 'Escape') event.currentTarget.blur()
    else return
    event.preventDefault()
  }
  return (
    <div className={`relative ${props.className ?? ''}`}>
      <Filter aria-hidden="true" className="pointer-events-none absolute top-1.5 left-2 text-muted" size={15} />
      <input
        aria-activedescendant={isOpen && chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-autocomplete="list"
        aria-controls={isOpen ? id : undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-expanded={isOpen}
        aria-invalid={error !== undefined}
        aria-label="Filter runs"
        className={`control w-full pr-7 pl-7 ${error === undefined ? '' : 'border-bad'}`}
        onBlur={() => setCursor(undefined)}
        onChange={(event) => {
          onChange(event.target.value)
          setCursor(event.target.selectionStart ?? event.target.value.length)
          setChosen(-1)
        }}
        onKeyDown={onKeyDown}
        placeholder="Filter runs: words, or loss < 0.3"
        ref={(element) => {
          input.current = element
          if (typeof props.ref === 'function') props.ref(element)
          else if (props.ref) props.ref.current = element
        }}
        role="combobox"
        spellCheck={false}
        type="text"
        value={value}
      />
      {value === '' ? (
        <kbd className="pointer-events-none absolute top-1.5 right-2 rounded border border-line px-1 font-sans text-muted text-xs leading-[14px] max-sm:hidden">
          /
        </kbd>
      ) : (
        <button
          aria-label="Clear: Filter runs"
          className="icon-button absolute top-px right-px"
          onClick={() => onChange('')}
          type="button"
        >
          <X size={14} />
        </button>
      )}
      {error !== undefined && (
        <p className="mt-1 text-bad text-sm" id={`${id}-error`} role="alert">
          {error} <span className="text-muted">Showing the previous result.</span>
        </p>
      )}
      {isOpen && <Completions chosen={chosen} completions={completions} id={id} onTake={take} />}
    </div>
  )
}

function Completions(props: {
  readonly id: string
  readonly completions: readonly QueryCompletion[]
  readonly chosen: number
  readonly onTake: (completion: QueryCompletion) => void
}): ReactElement {
  return (
    <div
      aria-label="Completions"
      className="absolute top-[30px] right-0 left-0 z-40 min-w-64 overflow-hidden rounded-md bg-raised py-1 shadow-pop"
      id={props.id}
      role="listbox"
    >
      {props.completions.map((completion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys, as in any combobox.
        <div
          aria-selected={index === props.chosen}
          className="flex cursor-pointer items-baseline gap-3 px-3 py-1 hover:bg-hover aria-selected:bg-selected"
          id={`${props.id}-${index}`}
          key={completion.text}
          onClick={() => props.onTake(completion)}
          onMouseDown={(event) => event.preventDefault()}
          role="option"
        >
          <span className="min-w-0 truncate font-mono text-sm">{completion.text}</span>
          <span className="ml-auto shrink-0 text-muted text-xs">{completion.detail}</span>
        </div>
      ))}
    </div>
  )
}
