import { type ReactElement, type ReactNode, useRef } from 'react'
import { useRows } from '../../hooks/use-rows.ts'

/** A list of any length in a box that scrolls, of which only the lines on screen are there. */
export function VirtualList<T>(props: {
  readonly label: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  readonly className: string
  /** One line, at least 32 CSS pixels high. */
  readonly children: (item: T, index: number) => ReactNode
}): ReactElement {
  const { items } = props
  const scroller = useRef<HTMLUListElement>(null)
  const [virtualizer, rowHeight] = useRows(32, {
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => props.keyOf(items[index] as T),
    overscan: 6,
  })
  return (
    <ul
      aria-label={props.label}
      className={`relative overflow-y-auto ${props.className}`}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <li aria-hidden="true" style={{ height: virtualizer.getTotalSize() }} />
      {virtualizer.getVirtualItems().map(({ index, key, start }) => (
        <li
          aria-posinset={index + 1}
          aria-setsize={items.length}
          className="absolute inset-x-0 top-0 flex items-center gap-1 px-2 hover:bg-hover"
          key={key}
          style={{ height: rowHeight, transform: `translateY(${start}px)` }}
        >
          {props.children(items[index] as T, index)}
        </li>
      ))}
    </ul>
  )
}
