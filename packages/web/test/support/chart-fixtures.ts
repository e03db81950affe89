import type { BucketSeries, GroupSeries, RawSeries, SeriesRequest } from '@lossline/protocol'
import type { ChartLine } from '../../src/chart/chart-line.ts'
import { runStyle } from '../../src/view/chart/palette.ts'
import type { GeneratedColumn } from './generated-data.ts'
import { reduceColumns } from './reduce-column.ts'

/** A raw series of these points. */
export function rawSeries(x: readonly number[], y: readonly number[], more: Partial<RawSeries> = {}): RawSeries {
  return {
    kind: 'raw',
    runId: 'a',
    revision: 1,
    pointCount: x.length,
    hiddenPointCount: 0,
    extent: [x[0] ?? Number.NaN, x.at(-1) ?? Number.NaN],
    nonFinite: { x: new Float64Array(), value: new Float64Array() },
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    smoothed: new Float64Array(),
    ...more,
  }
}

/** A line of these points. */
export function rawLine(x: readonly number[], y: readonly number[], more: Partial<RawSeries> = {}): ChartLine {
  const series = rawSeries(x, y, more)
  return {
    runId: series.runId,
    label: `run ${series.runId}`,
    style: runStyle(1, 'light'),
    series,
    grid: { from: x[0] ?? 0, to: x.at(-1) ?? 1, count: 64, scale: 'linear' },
  }
}

/** The line of a group of three runs, with a band of ± 1 around these values at 0, 1, …. */
export function groupLine(name: string, centre: readonly number[]): ChartLine {
  const x = centre.map((_, i) => i)
  const grid = { from: 0, to: Math.max(1, x.length - 1), count: x.length, scale: 'linear' } as const
  const series: GroupSeries = {
    kind: 'group',
    name,
    size: 3,
    grid,
    pointCount: 3 * x.length,
    hiddenPointCount: 0,
    extent: [0, x.length - 1],
    nonFinite: { x: new Float64Array(), value: new Float64Array() },
    index: Uint32Array.from(x),
    runCount: Uint32Array.from(x, () => 3),
    x: Float64Array.from(x),
    centre: Float64Array.from(centre),
    low: Float64Array.from(centre, (y) => y - 1),
    high: Float64Array.from(centre, (y) => y + 1),
  }
  return { runId: `group:${name}`, label: name, style: runStyle(1, 'light'), series, grid }
}

/** A line of a column as the server reduces it. */
export function reducedLine(
  column: GeneratedColumn,
  buckets: number,
  more: Partial<SeriesRequest> = {},
): ChartLine & { readonly series: BucketSeries } {
  const request: SeriesRequest = {
    entity: 'e',
    project: 'p',
    runIds: ['a'],
    key: 'k',
    x: { kind: 'step' },
    buckets,
    ...more,
  }
  const frame = reduceColumns(request, [{ runId: 'a', revision: 1, column }])
  const series = frame.series[0]
  if (series?.kind !== 'buckets') throw new Error('Too few points for buckets.')
  return { runId: 'a', label: 'run a', style: runStyle(1, 'light'), series, grid: frame.grid }
}
