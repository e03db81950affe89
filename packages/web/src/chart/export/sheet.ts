import type { Pen } from '../draw-lines.ts'
import type { Box } from '../projection.ts'

/** A text on a sheet; `y` is its baseline. */
export interface SheetText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly align: 'start' | 'center' | 'end'
  readonly color: string
  readonly size: number
  readonly isStrong?: boolean
}

/** What a picture of a chart is drawn on: a canvas, or an SVG document. */
export interface Sheet {
  readonly pen: Pen
  /** What is drawn meanwhile does not reach beyond the box. */
  clip(box: Box, draw: () => void): void
  text(text: SheetText): void
  widthOf(text: string, size: number): number
}
