import { evenEdges, type HistogramsResponse, parseJson, rebinHistogram } from '@lossline/protocol'
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
  const edges = evenEdges(low, high, binCount)
  return {
    key,
    steps: found.map(({ step }) => step),
    edges,
    counts: found.map(({ bins }) => rebinHistogram(bins, edges)),
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
