import type { PointerEvent, ReactElement } from 'react'
import { toColumnWidth } from '../../view/runs/column-settings.ts'

/** The right edge of a column's head: dragged it makes the column wider; a double click puts it back. The menu does the same by key. */
export function ColumnEdge(props: {
  readonly width: number
  /** While it is dragged. */
  readonly onDrag: (width: number) => void
  /** Undefined: as wide as the page has it. */
  readonly onWidth: (width: number | undefined) => void
}): ReactElement {
  const startDrag = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.preventDefault()
    const edge = event.currentTarget
    const startX = event.clientX
    const startWidth = props.width
    let width: number | undefined
    edge.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => {
      width = toColumnWidth(startWidth + moved.clientX - startX)
      props.onDrag(width)
    }
    edge.addEventListener('pointermove', move)
    edge.addEventListener(
      'lostpointercapture',
      () => {
        edge.removeEventListener('pointermove', move)
        if (width !== undefined) props.onWidth(width)
      },
      { once: true },
    )
  }
  return (
    <div
      aria-hidden="true"
      className="max-sm:hidden absolute inset-y-0 right-0 z-10 w-2 cursor-col-resize touch-none border-transparent border-r-2 hover:border-accent"
      onDoubleClick={() => props.onWidth(undefined)}
      onPointerDown={startDrag}
      title="Drag to make the column wider or narrower. A double click puts it back."
    />
  )
}
