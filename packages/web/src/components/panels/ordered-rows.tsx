import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '../controls/icon-button.tsx'

type RowAction = 'up' | 'down' | 'remove'

/** A list whose lines can be moved and taken out, each by its buttons. The focus goes along with the line. */
export function OrderedRows(props: {
  readonly label: string
  /** No two are the same. */
  readonly items: readonly string[]
  readonly onChange: (items: readonly string[]) => void
  readonly children: (item: string, index: number) => ReactNode
}): ReactElement | null {
  const { label, items, onChange } = props
  const list = useRef<HTMLOListElement>(null)
  const next = useRef<{ readonly index: number; readonly action: RowAction }>(undefined)
  useEffect(() => {
    if (next.current === undefined) return
    const { index, action } = next.current
    next.current = undefined
    const row = list.current?.children[Math.min(index, items.length - 1)]
    const button = row?.querySelector<HTMLElement>(`[data-action="${action}"] button:enabled`)
    ;(button ?? row?.querySelector<HTMLElement>('[data-action] button:enabled'))?.focus()
  }, [items])
  const move = (index: number, by: 1 | -1): void => {
    next.current = { index: index + by, action: by > 0 ? 'down' : 'up' }
    onChange(items.toSpliced(index, 1).toSpliced(index + by, 0, items[index] as string))
  }
  const remove = (index: number): void => {
    if (items.length > 1) next.current = { index, action: 'remove' }
    // The field that adds one.
    else list.current?.parentElement?.querySelector<HTMLElement>(':scope > div input')?.focus()
    onChange(items.toSpliced(index, 1))
  }
  if (items.length === 0) return null
  return (
    <ol aria-label={label} className="mb-1.5 flex flex-col gap-1" ref={list}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text that is edited stays the same line.
        <li className="flex min-w-0 items-start gap-0.5" key={index}>
          <div className="min-w-0 flex-1">{props.children(item, index)}</div>
          {items.length > 1 && (
            <>
              <span data-action="up">
                <IconButton isDisabled={index === 0} label={`Move ${item} up`} onClick={() => move(index, -1)}>
                  <ArrowUp size={14} />
                </IconButton>
              </span>
              <span data-action="down">
                <IconButton
                  isDisabled={index === items.length - 1}
                  label={`Move ${item} down`}
                  onClick={() => move(index, 1)}
                >
                  <ArrowDown size={14} />
                </IconButton>
              </span>
            </>
          )}
          <span data-action="remove">
            <IconButton label={`Remove ${item}`} onClick={() => remove(index)}>
              <X size={14} />
            </IconButton>
          </span>
        </li>
      ))}
    </ol>
  )
}
