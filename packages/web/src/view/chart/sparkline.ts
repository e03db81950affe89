import type { Series } from '@lossline/protocol'
import { elementCount, elementMax, elementMin, elementX, elementY } from '../../chart/chart-line.ts'

/**
 * Small lines without axes, over one range: paths in a square of 1 × 1, y downwards. Where an element stands for several points,
 * the line goes to their least and largest value, so that no spike is lost. Empty for what has no finite point.
 */
export function sparklinePaths(all: readonly Series[]): readonly string[] {
  const lines = all.map((series) => {
    const points: (readonly [x: number, y: number])[] = []
    for (let i = 0; i < elementCount(series); i += 1) {
      const x = elementX(series, i)
      const [low, high, last] = [elementMin(series, i), elementMax(series, i), elementY(series, i)]
      const ys = low === high ? [last] : [low, high, last]
      for (const y of ys) if (Number.isFinite(y)) points.push([x, y])
    }
    return points
  })
  const xs = lines.flatMap((points) => points.map(([x]) => x))
  const ys = lines.flatMap((points) => points.map(([, y]) => y))
  const along = toShare(xs)
  const up = toShare(ys)
  return lines.map((points) =>
    points.length === 0 ? '' : `M${points.map(([x, y]) => `${round(along(x))} ${round(1 - up(y))}`).join('L')}`,
  )
}

function toShare(values: readonly number[]): (value: number) => number {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  return (value) => (high > low ? (value - low) / (high - low) : 0.5)
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4
}
