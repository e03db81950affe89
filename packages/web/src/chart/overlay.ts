import { drawLine } from './draw-lines.ts'
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
  setSize(width: number, height: number): void
  paint(content: OverlayContent): void
  destroy(): void
}

/** Over how much of a faded panel the other lines stay visible. */
const fadeAlpha = 0.6

/** A transparent canvas that fills `area` and lets pointers through. */
export function createOverlay(area: HTMLElement): Overlay {
  const canvas = document.createElement('canvas')
  canvas.className = 'plot-overlay'
  area.append(canvas)
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D
  let isBlank = true
  return {
    setSize(width, height) {
      const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)]
      // Assigning a canvas size clears it and costs an allocation, also when it is the same.
      if (canvas.width === w && canvas.height === h) return
      canvas.width = w
      canvas.height = h
    },
    paint(content) {
      if (!content.cursor && isBlank) return
      ctx.setTransform(1, 0, 0, 1, 0, 0)
      ctx.clearRect(0, 0, canvas.width, canvas.height)
      isBlank = !content.cursor
      if (!content.cursor) return
      // CSS pixels from here on; drawLine is told a ratio of 1 for the same reason.
      ctx.scale(devicePixelRatio, devicePixelRatio)
      paintEmphasis(ctx, content, content.cursor)
      if (content.cursor.x !== undefined) paintCrosshair(ctx, content, content.cursor, content.cursor.x)
    },
    destroy: () => canvas.remove(),
  }
}

function paintEmphasis(
  ctx: CanvasRenderingContext2D,
  { content, colors, projection }: OverlayContent,
  cursor: PlotCursor,
): void {
  const line = content.lines.find(({ runId }) => runId === cursor.emphasizedRunId)
  if (!line || content.lines.length < 2) return
  const { width, height } = projection.box
  ctx.globalAlpha = fadeAlpha
  ctx.fillStyle = colors.panel
  ctx.fillRect(0, 0, width, height)
  ctx.globalAlpha = 1
  drawLine(ctx, line, projection, { devicePixelRatio: 1, emphasis: 1.4, alpha: 1, isDense: false })
}

function paintCrosshair(
  ctx: CanvasRenderingContext2D,
  { colors, projection }: OverlayContent,
  cursor: PlotCursor,
  x: number,
): void {
  const left = projection.toLeft(x)
  const { width, height } = projection.box
  if (!(left >= 0 && left <= width)) return
  ctx.strokeStyle = colors.crosshair
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.moveTo(Math.round(left) + 0.5, 0)
  ctx.lineTo(Math.round(left) + 0.5, height)
  ctx.stroke()
  for (const dot of cursor.dots)
    paintDot(ctx, projection.toLeft(dot.x), projection.toTop(dot.y), dot.color, colors.panel)
  if (cursor.label) paintLabel(ctx, cursor.label, left, width, colors)
}

function paintDot(ctx: CanvasRenderingContext2D, left: number, top: number, color: string, panel: string): void {
  if (!Number.isFinite(left) || !Number.isFinite(top)) return
  ctx.beginPath()
  ctx.arc(left, top, 3.5, 0, 2 * Math.PI)
  ctx.fillStyle = color
  ctx.fill()
  ctx.lineWidth = 1.5
  ctx.strokeStyle = panel
  ctx.stroke()
}

function paintLabel(
  ctx: CanvasRenderingContext2D,
  text: string,
  left: number,
  width: number,
  colors: PlotColors,
): void {
  ctx.font = '11px system-ui, sans-serif'
  const textWidth = ctx.measureText(text).width
  const beside = left + 8 + textWidth > width ? left - 8 - textWidth : left + 8
  const start = Math.max(4, Math.min(width - textWidth - 4, beside))
  ctx.globalAlpha = 0.85
  ctx.fillStyle = colors.panel
  ctx.fillRect(start - 3, 2, textWidth + 6, 16)
  ctx.globalAlpha = 1
  ctx.fillStyle = colors.axis
  ctx.fillText(text, start, 14)
}
