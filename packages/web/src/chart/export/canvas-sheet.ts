import type { Sheet } from './sheet.ts'

/** A sheet of pixels. */
export function createCanvasSheet(context: CanvasRenderingContext2D): Sheet {
  const font = (size: number, isStrong = false): string => `${isStrong ? '600 ' : ''}${size}px system-ui, sans-serif`
  return {
    pen: context,
    clip(box, draw) {
      context.save()
      context.beginPath()
      context.rect(box.left, box.top, box.width, box.height)
      context.clip()
      draw()
      context.restore()
    },
    text({ text, x, y, align, color, size, isStrong }) {
      context.font = font(size, isStrong)
      context.fillStyle = color
      context.textAlign = align
      context.fillText(text, x, y)
    },
    widthOf(text, size) {
      context.font = font(size)
      return context.measureText(text).width
    },
  }
}
