import type { Range } from '../view/address/url-state.ts'
import { pinchedRange } from './axis-drag.ts'
import { zoomAround } from './axis-range.ts'
import type { Projection } from './projection.ts'

/** A place in the plotting area, CSS pixels. */
export interface Position {
  readonly left: number
  readonly top: number
}

/** What pointers do to a chart. */
export interface PointerHandlers {
  readonly projection: () => Projection
  readonly onHover: (position: Position | undefined) => void
  readonly onClick: (position: Position, event: PointerEvent) => void
  /** `y` only when the drag went up or down far enough to be a box. */
  readonly onZoom: (x: Range, y: Range | undefined) => void
  /** Another range of x, as it moves: panned or zoomed. */
  readonly onRange: (x: Range) => void
  readonly onReset: () => void
}

/** Less is a click. */
const dragMin = 4
/** A drag that goes this far up or down means a box. */
const boxHeightMin = 20
/** A drag that ends within this share of the width from the right edge ends at it: nobody drags to the pixel. */
const edgeShare = 0.01
/** Zoom per pixel of wheel. */
const wheelSpeed = 0.002

interface Drag {
  readonly start: Position
  readonly projection: Projection
  readonly isPan: boolean
}

/** Two fingers when they came down. */
interface Pinch {
  readonly projection: Projection
  readonly distance: number
  /** What lies between them, as a share of the width. */
  readonly center: number
}

/** A second tap within this distance means the place of the first. */
const sameTapDistance = 24
/** Two taps faster than this are a double tap, which resets. */
const doubleTapMs = 350

/** Drag zooms, Shift-drag and two fingers pan, Ctrl/Alt-wheel and pinch zoom at the pointer, double-click resets; a tap reads values, and another one there is a click. Returns how to stop. */
export function attachPointer(area: HTMLElement, handlers: PointerHandlers): () => void {
  const selection = document.createElement('div')
  selection.className = 'plot-selection'
  selection.hidden = true
  area.append(selection)
  const stopping = new AbortController()
  const { signal } = stopping
  const touches = new Map<number, Position>()
  let drag: Drag | undefined
  let pinch: Pinch | undefined
  let lastTap: { readonly position: Position; readonly atMs: number } | undefined

  const positionOf = (event: MouseEvent): Position => {
    const box = area.getBoundingClientRect()
    return { left: event.clientX - box.left, top: event.clientY - box.top }
  }

  const tap = (position: Position, event: PointerEvent): void => {
    const isSame = lastTap && distance(lastTap.position, position) < sameTapDistance
    if (isSame && event.timeStamp - lastTap!.atMs > doubleTapMs) {
      lastTap = undefined
      handlers.onClick(position, event)
    } else {
      lastTap = { position, atMs: event.timeStamp }
      handlers.onHover(position)
    }
  }

  area.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      const position = positionOf(event)
      if (event.pointerType === 'touch') {
        touches.set(event.pointerId, position)
        pinch = startPinch(touches, handlers.projection())
        return
      }
      area.setPointerCapture(event.pointerId)
      drag = { start: position, projection: handlers.projection(), isPan: event.shiftKey }
    },
    { signal },
  )
  area.addEventListener(
    'pointermove',
    (event) => {
      const position = positionOf(event)
      if (event.pointerType === 'touch') {
        touches.set(event.pointerId, position)
        if (pinch) return movePinch(pinch, touches, handlers)
      } else if (drag && distance(drag.start, position) >= dragMin) {
        if (drag.isPan) handlers.onRange(panned(drag, position))
        else showSelection(selection, drag, position)
      }
      handlers.onHover(position)
    },
    { signal },
  )
  area.addEventListener(
    'pointerup',
    (event) => {
      const position = positionOf(event)
      const ended = drag
      const wasPinch = pinch !== undefined
      drag = undefined
      touches.delete(event.pointerId)
      if (touches.size < 2) pinch = undefined
      selection.hidden = true
      if (event.pointerType === 'touch') return wasPinch ? undefined : tap(position, event)
      if (!ended) return
      if (distance(ended.start, position) < dragMin) return handlers.onClick(position, event)
      if (!ended.isPan) finishZoom(ended, position, handlers)
    },
    { signal },
  )
  const cancel = (event: PointerEvent): void => {
    drag = undefined
    pinch = undefined
    touches.delete(event.pointerId)
    selection.hidden = true
  }
  area.addEventListener('pointercancel', cancel, { signal })
  area.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && handlers.onHover(undefined), {
    signal,
  })
  // A finger does not leave as a mouse does: it comes down somewhere else.
  area.ownerDocument.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType !== 'touch' || event.composedPath().includes(area)) return
      lastTap = undefined
      handlers.onHover(undefined)
    },
    { signal },
  )
  area.addEventListener('dblclick', () => handlers.onReset(), { signal })
  area.addEventListener(
    'wheel',
    (event) => {
      // A plain wheel scrolls the page.
      if (!event.ctrlKey && !event.altKey) return
      event.preventDefault()
      const at = handlers.projection()
      const center = at.fromLeft(positionOf(event).left)
      handlers.onRange(zoomAround(at.x, center, Math.exp(event.deltaY * wheelSpeed), at.isLogX))
    },
    { signal, passive: false },
  )
  return () => {
    stopping.abort()
    selection.remove()
  }
}

function finishZoom({ start, projection: at }: Drag, end: Position, handlers: PointerHandlers): void {
  const [left, right] = sorted(clampLeft(start.left, at), clampLeft(end.left, at))
  // The right edge is where it is now: a run that goes on has moved it during the drag.
  const isToEdge = right >= at.box.width * (1 - edgeShare)
  const x: Range = [at.fromLeft(left), isToEdge ? Math.max(at.x[1], handlers.projection().x[1]) : at.fromLeft(right)]
  const isBox = Math.abs(end.top - start.top) > boxHeightMin
  const y = isBox ? sorted(at.fromTop(clampTop(start.top, at)), at.fromTop(clampTop(end.top, at))) : undefined
  if (x[0] < x[1]) handlers.onZoom(x, y)
}

function panned({ start, projection: at }: Drag, { left }: Position): Range {
  const { width } = at.box
  const by = start.left - left
  return [at.fromLeft(by), at.fromLeft(by + width)]
}

function showSelection(selection: HTMLElement, { start, projection: at }: Drag, end: Position): void {
  const isBox = Math.abs(end.top - start.top) > boxHeightMin
  const [left, right] = sorted(clampLeft(start.left, at), clampLeft(end.left, at))
  const [top, bottom] = isBox ? sorted(clampTop(start.top, at), clampTop(end.top, at)) : [0, at.box.height]
  Object.assign(selection.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${right - left}px`,
    height: `${bottom - top}px`,
  })
  selection.hidden = false
}

function startPinch(touches: ReadonlyMap<number, Position>, projection: Projection): Pinch | undefined {
  const [a, b] = [...touches.values()]
  if (!a || !b) return undefined
  return { projection, distance: Math.max(20, distance(a, b)), center: centerOf(a, b, projection) }
}

function movePinch(pinch: Pinch, touches: ReadonlyMap<number, Position>, handlers: PointerHandlers): void {
  const [a, b] = [...touches.values()]
  if (!a || !b) return
  const { x, isLogX } = pinch.projection
  const factor = pinch.distance / Math.max(20, distance(a, b))
  handlers.onRange(pinchedRange(x, isLogX, { from: pinch.center, to: centerOf(a, b, pinch.projection), factor }))
}

function centerOf(a: Position, b: Position, { box }: Projection): number {
  return (a.left + b.left) / 2 / box.width
}

function distance(a: Position, b: Position): number {
  return Math.hypot(a.left - b.left, a.top - b.top)
}

function sorted(a: number, b: number): Range {
  return a < b ? [a, b] : [b, a]
}

function clampLeft(left: number, { box }: Projection): number {
  return Math.min(box.width, Math.max(0, left))
}

function clampTop(top: number, { box }: Projection): number {
  return Math.min(box.height, Math.max(0, top))
}
