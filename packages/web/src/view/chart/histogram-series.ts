import { evenEdges, type HistogramsResponse, rebinHistogram } from '@lossline/protocol'
import type { PanelTable } from '../panels/panel-table.ts'
import { formatNumber } from '../text/format.ts'

/** As many as there is room to tell apart above each other. */
const ridgeCountMax = 20

/** Histograms over steps, of some run. */
export type HistogramSeries = Pick<HistogramsResponse, 'steps' | 'edges' | 'counts'>

/** Least and largest value of all; undefined where there is none. */
export function rangeOf(edges: readonly (readonly number[])[]): readonly [low: number, high: number] | undefined {
  const all = edges.flatMap((list) => (list.length > 1 ? [list[0]!, list.at(-1)!] : []))
  return all.length === 0 ? undefined : [Math.min(...all), Math.max(...all)]
}

/** The same histograms over one axis of values, so that runs beside each other can be compared. */
export function alignSeries(all: readonly HistogramSeries[]): readonly HistogramSeries[] {
  const range = rangeOf(all.map(({ edges }) => edges))
  if (range === undefined || all.length < 2) return all
  const binCount = Math.max(...all.map(({ counts }) => counts[0]?.length ?? 0), 1)
  const onto = evenEdges(...range, binCount)
  return all.map(({ steps, edges, counts }) => ({
    steps,
    edges: onto,
    counts: counts.map((bins) => rebinHistogram({ counts: bins, edges }, onto)),
  }))
}

/** One of several histograms that are drawn above each other. */
export interface Ridge {
  readonly step: number
  /** How full each bin is beside the fullest one of all that are drawn, 0…1, when every histogram weighs the same. */
  readonly heights: readonly number[]
}

/** Histograms evenly chosen over the steps, first and last among them. */
export function toRidges({ steps, counts }: HistogramSeries, countMax: number = ridgeCountMax): readonly Ridge[] {
  const count = Math.min(steps.length, countMax)
  const chosen = Array.from({ length: count }, (_, i) => Math.round((i * (steps.length - 1)) / Math.max(1, count - 1)))
  const shares = chosen.map((index) => {
    const bins = counts[index] ?? []
    const total = bins.reduce((sum, bin) => sum + bin, 0)
    return bins.map((bin) => (total > 0 ? bin / total : 0))
  })
  const most = Math.max(0, ...shares.flat())
  return chosen.map((index, i) => ({
    step: steps[index]!,
    heights: shares[i]!.map((share) => (most > 0 ? share / most : 0)),
  }))
}

/** What a place of a heat map stands for, in words; undefined beside it. */
export function readHeat({ steps, edges, counts }: HistogramSeries, along: number, up: number): string | undefined {
  const column = Math.floor(along * steps.length)
  const bin = Math.floor(up * (edges.length - 1))
  const count = counts[column]?.[bin]
  if (count === undefined) return undefined
  const total = counts[column]!.reduce((sum, one) => sum + one, 0)
  const share = total > 0 ? ` of ${formatNumber(total)}` : ''
  return `Step ${formatNumber(steps[column]!)}: ${formatNumber(count)}${share} from ${formatNumber(edges[bin]!)} to ${formatNumber(edges[bin + 1]!)}`
}

/** A histogram of a run at a step. */
export interface NamedHistogram {
  readonly runName: string
  readonly key: string
  readonly step: number
  readonly counts: readonly number[]
  readonly edges: readonly number[]
}

/** Every bin that holds something, as a row. */
export function histogramTable(histograms: readonly NamedHistogram[]): PanelTable {
  const hasKeys = new Set(histograms.map(({ key }) => key)).size > 1
  return {
    columns: ['Run', ...(hasKeys ? ['Key'] : []), 'Step', 'From', 'To', 'Count'],
    rows: histograms.flatMap(({ runName, key, step, counts, edges }) =>
      counts.flatMap((count, bin) =>
        count === 0 ? [] : [[runName, ...(hasKeys ? [key] : []), step, edges[bin]!, edges[bin + 1]!, count]],
      ),
    ),
  }
}
