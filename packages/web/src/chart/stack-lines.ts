import type { RawSeries } from '@lossline/protocol'
import { type ChartLine, elementCount, elementX, elementXs, elementYs, lowerBound, smoothedYs } from './chart-line.ts'

/**
 * Lines on top of each other, the first one lowest. All have elements at the x of every one of them; there each counts by its last
 * value before, and by nothing before it begins, after it ends and where that is not finite. `percent`: the sum is 100 everywhere.
 */
export function stackLines(lines: readonly ChartLine[], form: 'stacked' | 'percent'): readonly ChartLine[] {
  const x = unionOf(lines)
  const owns = lines.map((line) => valuesAt(line, x))
  const sums = x.map((_, i) => owns.reduce((sum, own) => sum + (Number.isFinite(own[i]) ? (own[i] as number) : 0), 0))
  let base = new Float64Array(x.length)
  return lines.map((line, place) => {
    const own = owns[place] as Float64Array
    const from = base
    const top = from.map((value, i) => {
      const share = Number.isFinite(own[i]) ? (own[i] as number) : 0
      return value + (form === 'stacked' ? share : sums[i] === 0 ? 0 : (share / (sums[i] as number)) * 100)
    })
    base = top
    return { ...line, series: toRaw(line, x, top), stack: { base: from, own, isPercent: form === 'percent' } }
  })
}

function unionOf(lines: readonly ChartLine[]): Float64Array {
  const all = new Set<number>()
  for (const { series } of lines) for (const x of elementXs(series)) all.add(x)
  return Float64Array.from(all).sort()
}

function valuesAt({ series }: ChartLine, xs: Float64Array): Float64Array {
  const ys = smoothedYs(series) ?? elementYs(series)
  const count = elementCount(series)
  const last = count === 0 ? Number.NEGATIVE_INFINITY : elementX(series, count - 1)
  return xs.map((x) => {
    const at = lowerBound(series, x)
    const i = at < count && elementX(series, at) === x ? at : at - 1
    return i < 0 || x > last ? Number.NaN : (ys[i] as number)
  })
}

function toRaw({ series, runId }: ChartLine, x: Float64Array, y: Float64Array): RawSeries {
  const { hiddenPointCount, extent, nonFinite } = series
  return {
    kind: 'raw',
    runId,
    revision: 0,
    pointCount: x.length,
    hiddenPointCount,
    extent,
    nonFinite,
    x,
    y,
    smoothed: new Float64Array(),
  }
}
