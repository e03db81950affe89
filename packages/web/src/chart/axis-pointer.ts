import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import { draggedRange, gripAt } from './axis-drag.ts'

/** What pointers do to an axis. */
export interface AxisPointerHandlers {
  readonly axis: () => { readonly range: Range; readonly scale: YScale }
  /** Before the first change of a drag. */
  readonly onStart: () => void
  readonly onChange: (range: Range) => void
  readonly onReset: () => void
}

/** Less is a click. */
const dragMin = 3

/** A drag in the middle of an axis moves it, one at an end moves that end; a double-click resets it. Returns how to stop. */
export function attachAxisPointer(strip: HTMLElement, direction: 'x' | 'y', handlers: AxisPointerHandlers): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  let drag:
    | { readonly axis: ReturnType<AxisPointerHandlers['axis']>; readonly from: number; hasMoved: boolean }
    | undefined
  const shareOf = (event: PointerEvent): number => {
    const { left, bottom, width, height } = strip.getBoundingClientRect()
    return direction === 'x' ? (event.clientX - left) / width : (bottom - event.clientY) / height
  }
  const length = (): number => (direction === 'x' ? strip.clientWidth : strip.clientHeight)
  strip.addEventListener(
    'pointerdown',
    (event) => {
      // A finger there scrolls the page.
      if (event.button !== 0 || event.pointerType === 'touch') return
      strip.setPointerCapture(event.pointerId)
      drag = { axis: handlers.axis(), from: shareOf(event), hasMoved: false }
    },
    { signal },
  )
  strip.addEventListener(
    'pointermove',
    (event) => {
      if (!drag) return
      const to = shareOf(event)
      if (!drag.hasMoved && Math.abs(to - drag.from) * length() < dragMin) return
      if (!drag.hasMoved) handlers.onStart()
      drag.hasMoved = true
      const { range, scale } = drag.axis
      handlers.onChange(draggedRange(range, scale, { grip: gripAt(drag.from), from: drag.from, to }))
    },
    { signal },
  )
  const end = (): void => {
    drag = undefined
  }
  strip.addEventListener('pointerup', end, { signal })
  strip.addEventListener('pointercancel', end, { signal })
  strip.addEventListener('dblclick', () => handlers.onReset(), { signal })
  return () => stopping.abort()
}
