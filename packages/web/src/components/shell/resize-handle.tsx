import type { PointerEvent, ReactElement } from 'react'

const keyStep = 16

/** The edge between a part at the side of the page and the rest: dragged, or moved with the arrow keys; Enter or a double click puts it back. */
export function ResizeHandle(props: {
  /** What is made wider. */
  readonly label: string
  readonly width: number
  readonly least: number
  readonly most: number
  readonly initial: number
  /** On which side of the part the edge is. */
  readonly side: 'left' | 'right'
  readonly onResize: (width: number) => void
}): ReactElement {
  const { width, least, most, side } = props
  const outward = side === 'right' ? 1 : -1
  const resize = (wanted: number): void => props.onResize(Math.round(Math.min(most, Math.max(least, wanted))))
  const startDrag = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    const handle = event.currentTarget
    const startX = event.clientX
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => resize(width + outward * (moved.clientX - startX))
    const end = (): void => handle.removeEventListener('pointermove', move)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', end, { once: true })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> takes no focus and has no value.
    <div
      aria-label={`Width of ${props.label}`}
      aria-orientation="vertical"
      aria-valuemax={most}
      aria-valuemin={least}
      aria-valuenow={width}
      className={`absolute inset-y-0 z-40 w-2 cursor-col-resize touch-none hover:bg-accent/30 focus-visible:bg-accent/30 max-lg:hidden ${side === 'right' ? '-right-1' : '-left-1'}`}
      onDoubleClick={() => resize(props.initial)}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowRight' ? keyStep : event.key === 'ArrowLeft' ? -keyStep : 0
        if (by === 0 && event.key !== 'Enter') return
        event.preventDefault()
        resize(by === 0 ? props.initial : width + outward * by)
      }}
      onPointerDown={startDrag}
      role="separator"
      tabIndex={0}
      title="Drag, or use the arrow keys; double click puts it back"
    />
  )
}
