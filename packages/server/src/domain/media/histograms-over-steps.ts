import { type HistogramsResponse, parseJson } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { findMedia, type MediaAtStep } from './media-keys.ts'
import { toMediaObject } from './media-object.ts'
import { type HistogramBins, toHistogramBins } from './media-value.ts'

/** As many as can be told apart side by side. */
const stepCountMax = 128
const binCount = 64

/**
 * The histograms of a key over the steps, evenly thinned to 128 with the first and the last among them, over one axis of values.
 *
 * @throws {@link ServerError} `not-found`.
 */
export async function histogramsOverSteps(store: Store, run: RunRow, key: string): Promise<HistogramsResponse> {
  const rows = await store.rows({ run: run.id, keys: [key] })
  const count = Math.min(rows.length, stepCountMax)
  const chosen = Array.from(
    { length: count },
    (_, i) => rows[Math.round((i * (rows.length - 1)) / Math.max(1, count - 1))],
  )
  const found = chosen.flatMap((row) => {
    const json = row?.values.get(key)
    const media = json === undefined ? undefined : toMediaObject(parseJson(json))
    return row === undefined || media === undefined ? [] : binsOf({ step: row.step, media })
  })
  if (found.length === 0) found.push(...(await onlyHistogram(store, run, key)))
  if (found.length === 0) {
    throw new ServerError({ code: 'not-found', message: `The run has logged no histograms as "${key}".` })
  }
  const low = Math.min(...found.map(({ bins }) => bins.edges[0]!))
  const high = Math.max(...found.map(({ bins }) => bins.edges.at(-1)!))
  // One value alone still needs an axis.
  const span = high - low || 1
  return {
    key,
    steps: found.map(({ step }) => step),
    edges: Array.from({ length: binCount + 1 }, (_, edge) => low + (span * edge) / binCount),
    counts: found.map(({ bins }) => rebin(bins, low, span / binCount)),
  }
}

interface BinsAtStep {
  readonly step: number
  readonly bins: HistogramBins
}

/** Of a key that is in the summary alone. */
async function onlyHistogram(store: Store, run: RunRow, key: string): Promise<BinsAtStep[]> {
  const found = await findMedia(store, run, key, undefined)
  return found === undefined ? [] : binsOf(found)
}

/** Nothing for another kind of value, and for a damaged one. */
function binsOf({ step, media }: MediaAtStep): BinsAtStep[] {
  if (media.kind !== 'histogram') return []
  const bins = toHistogramBins(media.json)
  return bins.edges.length === bins.counts.length + 1 && bins.counts.length > 0 ? [{ step, bins }] : []
}

/** Counts over bins of one width. A bin that lies in several gives each its part, as if its values were evenly spread. */
function rebin({ counts, edges }: HistogramBins, low: number, width: number): number[] {
  const result = new Array<number>(binCount).fill(0)
  const clamp = (bin: number): number => Math.min(binCount - 1, Math.max(0, bin))
  for (const [index, count] of counts.entries()) {
    const from = (edges[index]! - low) / width
    const to = (edges[index + 1]! - low) / width
    if (to <= from) {
      result[clamp(Math.floor(from))]! += count
      continue
    }
    for (let bin = clamp(Math.floor(from)); bin <= clamp(Math.ceil(to) - 1); bin += 1) {
      const overlap = Math.min(to, bin + 1) - Math.max(from, bin)
      if (overlap > 0) result[bin]! += (count * overlap) / (to - from)
    }
  }
  return result
}
