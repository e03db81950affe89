import { giveBackCanvas, takeCanvas } from './canvas-pool.ts'
import type { ChartLine } from './chart-line.ts'
import { createCrosshair } from './crosshair.ts'
import { drawLine } from './draw-lines.ts'
import { createFrameShare } from './frame-share.ts'
import type { PlotColors, PlotContent, PlotCursor } from './plot.ts'
import type { Projection } from './projection.ts'

/** What the overlay shows. */
export interface OverlayContent {
  readonly cursor: PlotCursor | undefined
  readonly content: PlotContent
  readonly colors: PlotColors
  readonly projection: Projection
}

/** The layer above the lines: crosshair, dots, the emphasised run. */
export interface Overlay {
  paint(content: OverlayContent): void
  destroy(): void
}

/** What the emphasis is made of; undefined: nothing. As long as it is the same, the pointer may move without it being painted. */
type Emphasis = readonly [run: string, content: PlotContent, colors: PlotColors, width: number, height: number]

/** Over how much of a faded panel the other lines stay visible. */
const fadeAlpha = 0.6

/** Painting one takes a processor about a millisecond, and a page has a dozen. */
const share = createFrameShare(2, (task) => requestAnimationFrame(task))

/** Over `area`, letting pointers through. It has a canvas from the first run that is emphasised until nobody points at anything. */
export function createOverlay(area: HTMLElement): Overlay {
  const crosshair = createCrosshair(area)
  let canvas: HTMLCanvasElement | undefined
  let painted: Emphasis | undefined
  let wanted: Emphasis | undefined
  let takeBack: (() => void) | undefined

  function hide(): void {
    takeBack?.()
    takeBack = undefined
    if (canvas) giveBackCanvas(canvas)
    canvas = undefined
    painted = undefined
    wanted = undefined
  }
  function emphasize(shown: OverlayContent): void {
    const { cursor, content, colors, projection } = shown
    if (!cursor) {
      hide()
      return
    }
    const line = content.lines.find(({ runId }) => runId === cursor.emphasizedRunId)
    const { width, height } = projection.box
    const next: Emphasis | undefined =
      line && content.lines.length > 1 ? [line.runId, content, colors, width, height] : undefined
    if (isSame(next, wanted)) return
    wanted = next
    takeBack?.()
    takeBack = undefined
    if (isSame(next, painted)) return
    const paint = (): void => {
      painted = next
      if (line && next) paintEmphasis(line, shown)
      else clear()
    }
    if (cursor.isHere) paint()
    else takeBack = share.add(paint)
  }
  function clear(): void {
    canvas?.getContext('2d')?.reset()
  }
  function paintEmphasis(line: ChartLine, { content, colors, projection }: OverlayContent): void {
    const { width, height } = projection.box
    canvas ??= addCanvas(area)
    const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)]
    const ctx = canvas.getContext('2d') as CanvasRenderingContext2D
    // Assigning a canvas size clears it and costs an allocation, also when it is the same.
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h })
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, w, h)
    // CSS pixels from here on; drawLine is told a ratio of 1 for the same reason.
    ctx.scale(devicePixelRatio, devicePixelRatio)
    ctx.globalAlpha = fadeAlpha
    ctx.fillStyle = colors.panel
    ctx.fillRect(0, 0, width, height)
    ctx.globalAlpha = 1
    drawLine(ctx, line, projection, {
      devicePixelRatio: 1,
      emphasis: 1.4,
      alpha: 1,
      isDense: false,
      breaksGaps: content.breaksGaps,
      isOnly: false,
    })
  }

  return {
    paint(shown) {
      emphasize(shown)
      crosshair.show(shown.cursor, shown.projection, shown.colors)
    },
    destroy() {
      hide()
      crosshair.destroy()
    },
  }
}

function isSame(a: Emphasis | undefined, b: Emphasis | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.every((part, i) => part === b[i]))
}

function addCanvas(area: HTMLElement): HTMLCanvasElement {
  const canvas = takeCanvas()
  canvas.className = 'plot-overlay'
  canvas.setAttribute('aria-hidden', 'true')
  // Below the crosshair and whatever else lies over the lines.
  area.prepend(canvas)
  return canvas
}
