import { roundUpToPowerOfTwo, type SeriesRequest } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { extentOf as extentOfPoints } from './grid.ts'
import type { LoadPoints } from './load-points.ts'
import { pointsOf, xKey, xOrigin } from './points-query.ts'

/** Extent of x that a time-weighted smoothing refers to. */
export type FindReferenceRange = (
  request: SeriesRequest,
  runs: readonly RunRow[],
  breathe: () => Promise<void>,
) => Promise<number>

type Extent = readonly [from: number, to: number]

const rememberedExtentCount = 20_000

/**
 * The extent of x over all runs of the projects that are looked at, whether asked for or not, rounded up to a power of two: neither zoom nor
 * hiding a run nor a page that asks for some of the runs at a time changes a curve.
 */
export function createFindReferenceRange(store: Store, loadPoints: LoadPoints): FindReferenceRange {
  const remembered = new Map<string, Extent | undefined>()

  const extentOf = async (run: RunRow, request: SeriesRequest): Promise<Extent | undefined> => {
    const stream = request.stream ?? 'history'
    const lastStep = stream === 'history' ? run.lastStep : run.eventsLineCount - 1
    if (lastStep === undefined || lastStep < 0) return undefined
    if (request.x.kind === 'expression') return extentOfPoints((await loadPoints({ ...pointsOf(request), run })).x)
    const key = xKey(request.x)
    if (key === undefined) return [0, lastStep]
    const name = JSON.stringify([run.id, run.historyRevision, stream, key, request.x.kind])
    if (remembered.has(name)) return remembered.get(name)
    const origin = xOrigin(request.x, run)
    const { min, max } = await store.buckets({ run: run.id, stream, key, grid: { from: 0, to: lastStep, count: 1 } })
    const extent = min.length === 0 ? undefined : ([min[0]! - origin, max[0]! - origin] as const)
    remembered.set(name, extent)
    const oldest = remembered.keys().next()
    if (remembered.size > rememberedExtentCount && !oldest.done) remembered.delete(oldest.value)
    return extent
  }

  return async (request, runs, breathe) => {
    let from = Number.POSITIVE_INFINITY
    let to = Number.NEGATIVE_INFINITY
    for (const run of runs) {
      const extent = await extentOf(run, request)
      if (extent !== undefined && !Number.isNaN(extent[0])) {
        from = Math.min(from, extent[0])
        to = Math.max(to, extent[1])
      }
      await breathe()
    }
    return roundUpToPowerOfTwo(to - from)
  }
}
