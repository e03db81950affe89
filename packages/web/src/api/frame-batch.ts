import { type SeriesFrame, type SeriesRequest, seriesBatchLimits, seriesRequestCost } from '@lossline/protocol'
import { ApiError } from './client.ts'

/** Asks for one frame. Rejects with the signal's reason when it is aborted. */
export type FetchFrame = (request: SeriesRequest, signal: AbortSignal) => Promise<SeriesFrame>
/** Asks for several frames at once, which come in the order of the requests. */
export type FetchFrames = (requests: readonly SeriesRequest[], signal: AbortSignal) => Promise<readonly SeriesFrame[]>

/** A batch is answered so when something is wrong with one of its requests. */
const statusesOfOne: readonly number[] = [400, 403, 404, 413]

interface Waiting {
  readonly request: SeriesRequest
  readonly signal: AbortSignal
  readonly resolve: (frame: SeriesFrame) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Puts what is asked for in one task into one request, so that all charts of a page cost the browser and the server one round. If
 * one of them is refused, each is asked for by itself, so that what is wrong with one stays with it. A server that does not answer, has
 * failed or is asked too often fails them all.
 */
export function createFrameBatch(fetchFrame: FetchFrame, fetchFrames: FetchFrames): FetchFrame {
  let waiting: Waiting[] = []

  async function send(batch: readonly Waiting[]): Promise<void> {
    const wanted = batch.filter(({ signal }) => !signal.aborted)
    const [first] = wanted
    if (first === undefined) return
    if (wanted.length === 1) return fetchFrame(first.request, first.signal).then(first.resolve, first.reject)
    const givingUp = new AbortController()
    const onAbort = (): void => {
      if (wanted.every(({ signal }) => signal.aborted)) givingUp.abort()
    }
    for (const { signal } of wanted) signal.addEventListener('abort', onAbort)
    try {
      const frames = await fetchFrames(
        wanted.map(({ request }) => request),
        givingUp.signal,
      )
      for (const [i, { resolve }] of wanted.entries()) resolve(frames[i] as SeriesFrame)
    } catch (error) {
      const isOfOne = error instanceof ApiError && statusesOfOne.includes(error.status)
      for (const { request, signal, resolve, reject } of wanted) {
        if (signal.aborted) continue
        if (isOfOne) fetchFrame(request, signal).then(resolve, reject)
        else reject(error)
      }
    } finally {
      for (const { signal } of wanted) signal.removeEventListener('abort', onAbort)
    }
  }

  return (request, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      waiting.push({ request, signal, resolve, reject })
      if (waiting.length > 1) return
      queueMicrotask(() => {
        const all = waiting
        waiting = []
        for (const batch of inBatches(all)) void send(batch)
      })
    })
}

function inBatches(all: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const batches: Waiting[][] = []
  let subjectCount = 0
  let bucketCount = 0
  for (const one of all) {
    const cost = seriesRequestCost(one.request)
    const last = batches.at(-1)
    const fits =
      last !== undefined &&
      last.length < seriesBatchLimits.requestCount &&
      subjectCount + cost.subjectCount <= seriesBatchLimits.subjectCount &&
      bucketCount + cost.bucketCount <= seriesBatchLimits.bucketCount
    if (fits) last.push(one)
    else batches.push([one])
    subjectCount = (fits ? subjectCount : 0) + cost.subjectCount
    bucketCount = (fits ? bucketCount : 0) + cost.bucketCount
  }
  return batches
}
