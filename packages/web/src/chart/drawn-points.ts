import { elementCount, elementX, elementY, lowerBound, smoothedYs } from './chart-line.ts'
import type { PlotContent } from './plot.ts'
import type { Position } from './pointer.ts'
import type { Projection } from './projection.ts'

const lineCountMax = 20
const pointCountMax = 40

/** Some points of the lines as they are drawn, evenly chosen: enough to know where lines are. */
export function someDrawnPoints({ lines, x }: Pick<PlotContent, 'lines' | 'x'>, at: Projection): readonly Position[] {
  return lines.slice(0, lineCountMax).flatMap(({ series }) => {
    const first = lowerBound(series, x[0])
    const end = Math.min(elementCount(series), lowerBound(series, x[1]) + 1)
    const smoothed = smoothedYs(series)
    const step = Math.max(1, Math.ceil((end - first) / pointCountMax))
    const points: Position[] = []
    for (let i = first; i < end; i += step) {
      points.push({ left: at.toLeft(elementX(series, i)), top: at.toTop(smoothed?.[i] ?? elementY(series, i)) })
    }
    return points
  })
}
