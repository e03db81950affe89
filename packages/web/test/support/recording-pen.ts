import type { Pen } from '../../src/chart/draw-lines.ts'

/** One thing that was drawn, with how it looked. */
export interface Drawn {
  readonly kind: 'stroke' | 'fill' | 'rect'
  readonly alpha: number
  readonly points: readonly (readonly [left: number, top: number])[]
  readonly dash: readonly number[]
}

/** A pen that notes what is drawn instead of drawing it. */
export function createRecordingPen(): Pen & { readonly drawn: readonly Drawn[] } {
  const drawn: Drawn[] = []
  let points: (readonly [number, number])[] = []
  let dash: readonly number[] = []
  const note = (kind: Drawn['kind']) => (): void => {
    drawn.push({ kind, alpha: pen.globalAlpha, points, dash })
  }
  const pen = {
    drawn,
    strokeStyle: '',
    fillStyle: '',
    lineWidth: 1,
    lineJoin: 'miter' as const,
    globalAlpha: 1,
    beginPath: () => {
      points = []
    },
    moveTo: (left: number, top: number) => void points.push([left, top]),
    lineTo: (left: number, top: number) => void points.push([left, top]),
    arc: (left: number, top: number) => void points.push([left, top]),
    closePath: () => {},
    stroke: note('stroke'),
    fill: note('fill'),
    fillRect: (left: number, top: number, width: number, height: number) => {
      points = [
        [left, top],
        [left + width, top + height],
      ]
      note('rect')()
    },
    setLineDash: (next: readonly number[]) => {
      dash = [...next]
    },
  }
  return pen
}
