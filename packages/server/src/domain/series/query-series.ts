import type { SeriesFrame, SeriesRequest } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { type AskedRun, askedRuns, runsOfGroup } from './asked-runs.ts'
import { type Breathe, createBreather } from './breathe.ts'
import type { LoadPoints } from './load-points.ts'
import { queryPlainSteps } from './plain-steps.ts'
import { queryGroups } from './query-groups.ts'
import { createFindReferenceRange } from './reference-range.ts'
import { queryWholeSeries } from './whole-series.ts'

export type QuerySeries = (request: SeriesRequest, signal?: AbortSignal) => Promise<SeriesFrame>

/** Every run of a project. */
export type RunsOf = (entity: string, project: string) => Promise<readonly RunRow[]>

/**
 * Answers chart queries: one series a run in the order asked, raw where there are at most 2 × buckets points in range, buckets
 * otherwise; then those of other projects; then one series a group. A run that does not exist, or that the asker may not see, has no
 * points.
 */
export function createQuerySeries(store: Store, runsOf: RunsOf, loadPoints: LoadPoints): QuerySeries {
  const findReferenceRange = createFindReferenceRange(store, loadPoints)
  return async (request, signal) => {
    const breathe = createBreather(signal)
    const { smoothing } = request
    const isTimeWeighted = smoothing?.kind === 'time-weighted-ema'
    const fixedRange = isTimeWeighted ? smoothing.range : undefined
    const isFound = isTimeWeighted && fixedRange === undefined
    const lookedAt: RunRow[] = []
    for (const { entity, project } of isFound ? [request, ...(request.others ?? [])] : []) {
      lookedAt.push(...(await runsOf(entity, project)))
    }
    const referenceRange = fixedRange ?? (await findReferenceRange(request, lookedAt, breathe))
    const told = isTimeWeighted ? { smoothingRange: referenceRange } : {}
    const key = plainKey(request)
    const asked = askedRuns(request)
    const runs = await findRuns(store, asked, breathe)
    // What reads them finds their ids in one list, whichever project they are of.
    const inOne = { ...request, runIds: asked.map(({ runId }) => runId) }
    const frame =
      key === undefined
        ? await queryWholeSeries(loadPoints, inOne, runs, referenceRange, breathe)
        : await queryPlainSteps(store, inOne, key, runs, breathe)
    const { groups = [] } = request
    if (groups.length === 0) return { ...frame, ...told }
    const members = []
    for (const group of groups) members.push(await findRuns(store, runsOfGroup(request, group), breathe))
    const grouped = await queryGroups({ store, loadPoints, request, key, members, referenceRange, breathe })
    return { grid: frame.grid, series: [...frame.series, ...grouped], ...told }
  }
}

/** The key that the store itself can put into buckets of steps, from its rollups, however long a run is. */
function plainKey({ key, x, scale, smoothing }: SeriesRequest): string | undefined {
  return x.kind === 'step' && scale !== 'log' && (smoothing?.kind ?? 'none') === 'none' ? key : undefined
}

async function findRuns(
  store: Store,
  asked: readonly AskedRun[],
  breathe: Breathe,
): Promise<readonly (RunRow | undefined)[]> {
  const runs: (RunRow | undefined)[] = []
  for (const at of asked) {
    runs.push(await store.run(at))
    await breathe()
  }
  return runs
}
