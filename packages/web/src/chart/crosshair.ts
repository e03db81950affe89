import { createMover, type Mover } from '../view/browser/mover.ts'
import { giveBackCanvas, takeCanvas } from './canvas-pool.ts'
import type { PlotColors, PlotCursor } from './plot.ts'
import type { Projection } from './projection.ts'

/** The line, the dots and the label that follow the pointer. */
export interface Crosshair {
  show(cursor: PlotCursor | undefined, projection: Projection, colors: PlotColors): void
  destroy(): void
}

/** Between the crosshair and its label, and between the label and the edges of the plot. */
const labelGap = 8
const labelMargin = 4
const labelTop = 2
const labelHeight = 16
const labelPadding = 3
const labelFont = '11px system-ui, sans-serif'
const labelAlpha = 0.85
/** Of a dot, without and with its rim. */
const dotRadius = 2.5
const rimRadius = 4
/** Room around the plot for dots at its edges. */
const margin = 5
/** Widths of the canvas are multiples of this, and it stays up to so many times as wide as is needed: another width costs an allocation. */
const widthStep = 64
const spareFactor = 3

/** Pixels of the plot from left to right. */
interface Reach {
  readonly from: number
  readonly to: number
}

/**
 * Over `area`, which clips nothing: what lies outside is not drawn. All of it is painted on one canvas, just as wide as what is on it
 * and moved to its place: neither styles nor layout nor the layers of the page have to be looked at for a move, as they would for
 * each element that moves by itself.
 */
export function createCrosshair(area: HTMLElement): Crosshair {
  let canvas: HTMLCanvasElement | undefined
  let mover: Mover | undefined
  const labelWidths = new Map<string, number>()

  function hide(): void {
    mover?.release()
    if (canvas) giveBackCanvas(canvas)
    mover = undefined
    canvas = undefined
  }
  function addCanvas(): HTMLCanvasElement {
    const added = takeCanvas()
    added.className = 'plot-crosshair'
    // Whatever it was for before, it gets a size of its own.
    added.width = 0
    added.setAttribute('aria-hidden', 'true')
    area.append(added)
    mover = createMover(added)
    return added
  }
  function widthOf(label: string, pen: CanvasRenderingContext2D): number {
    const known = labelWidths.get(label)
    if (known !== undefined) return known
    // They end in values, of which there are always others.
    labelWidths.clear()
    pen.font = labelFont
    const width = Math.ceil(pen.measureText(label).width) + 2 * labelPadding
    labelWidths.set(label, width)
    return width
  }
  /** Makes room for what is drawn, and a pen for pixels of the plot that draws there. */
  function prepare(reach: Reach, height: number): CanvasRenderingContext2D {
    const at = canvas as HTMLCanvasElement
    const ratio = devicePixelRatio
    const from = Math.floor((reach.from - margin) * ratio) / ratio
    const needed = Math.ceil((reach.to + margin - from) * ratio)
    const tall = Math.round((height + 2 * margin) * ratio)
    const pen = at.getContext('2d') as CanvasRenderingContext2D
    if (at.width < needed || at.width > needed * spareFactor || at.height !== tall) {
      at.width = Math.ceil(needed / widthStep) * widthStep
      at.height = tall
      at.style.width = `${at.width / ratio}px`
      at.style.height = `${tall / ratio}px`
    } else {
      pen.setTransform(1, 0, 0, 1, 0, 0)
      pen.clearRect(0, 0, at.width, tall)
    }
    mover?.place(from, -margin)
    pen.setTransform(ratio, 0, 0, ratio, -from * ratio, margin * ratio)
    return pen
  }

  return {
    show(cursor, projection, colors) {
      const left = cursor?.x === undefined ? Number.NaN : projection.toLeft(cursor.x)
      const { width, height } = projection.box
      if (!cursor || !(left >= 0 && left <= width)) {
        hide()
        return
      }
      canvas ??= addCanvas()
      const { label } = cursor
      const dots = placesOf(cursor, projection)
      const line = Math.round(left)
      const labelWidth = label === undefined ? 0 : widthOf(label, canvas.getContext('2d') as CanvasRenderingContext2D)
      const labelLeft = placeLabel(left, labelWidth, width)
      const lefts = [line, line + 1, ...dots.map((dot) => dot.left)]
      if (label !== undefined) lefts.push(labelLeft, labelLeft + labelWidth)
      const pen = prepare({ from: Math.min(...lefts), to: Math.max(...lefts) }, height)
      pen.fillStyle = colors.crosshair
      pen.fillRect(line, 0, 1, height)
      for (const dot of dots) {
        fillCircle(pen, dot, rimRadius, colors.panel)
        fillCircle(pen, dot, dotRadius, dot.color)
      }
      if (label !== undefined) drawLabel(pen, label, { left: labelLeft, width: labelWidth }, colors)
    },
    destroy: hide,
  }
}

/** Where a label goes: to the right of the crosshair, else to its left, and inside of the plot as far as it fits. */
function placeLabel(left: number, labelWidth: number, width: number): number {
  const beside = left + labelGap + labelWidth > width ? left - labelGap - labelWidth : left + labelGap
  return Math.max(labelMargin, Math.min(width - labelWidth - labelMargin, beside))
}

interface Dot {
  readonly left: number
  readonly top: number
  readonly color: string
}

function placesOf({ dots }: PlotCursor, at: Projection): readonly Dot[] {
  const { width, height } = at.box
  return dots
    .map(({ x, y, color }) => ({ left: at.toLeft(x), top: at.toTop(y), color }))
    .filter(({ left, top }) => left >= 0 && left <= width && top >= 0 && top <= height)
}

function fillCircle(pen: CanvasRenderingContext2D, { left, top }: Dot, radius: number, color: string): void {
  pen.fillStyle = color
  pen.beginPath()
  pen.arc(left, top, radius, 0, 2 * Math.PI)
  pen.fill()
}

function drawLabel(
  pen: CanvasRenderingContext2D,
  label: string,
  { left, width }: { readonly left: number; readonly width: number },
  colors: PlotColors,
): void {
  pen.globalAlpha = labelAlpha
  pen.fillStyle = colors.panel
  pen.fillRect(left, labelTop, width, labelHeight)
  pen.globalAlpha = 1
  pen.font = labelFont
  pen.textBaseline = 'middle'
  pen.fillStyle = colors.axis
  pen.fillText(label, left + labelPadding, labelTop + labelHeight / 2)
}
