import type { SeriesFrame, SeriesRequest } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { type Breathe, createBreather } from './breathe.ts'
import { createLoadPoints } from './load-points.ts'
import { queryPlainSteps } from './plain-steps.ts'
import { queryGroups } from './query-groups.ts'
import { createFindReferenceRange } from './reference-range.ts'
import { queryWholeSeries } from './whole-series.ts'

export type QuerySeries = (request: SeriesRequest, signal?: AbortSignal) => Promise<SeriesFrame>

/** Every run of a project. */
export type RunsOf = (entity: string, project: string) => Promise<readonly RunRow[]>

/**
 * Answers chart queries: one series a run in the order asked, raw where there are at most 2 × buckets points in range, buckets
 * otherwise; then one series a group. A run that does not exist has no points.
 */
export function createQuerySeries(store: Store, runsOf: RunsOf): QuerySeries {
  const loadPoints = createLoadPoints(store)
  const findReferenceRange = createFindReferenceRange(store, loadPoints)
  return async (request, signal) => {
    const breathe = createBreather(signal)
    const isTimeWeighted = request.smoothing?.kind === 'time-weighted-ema'
    const projectRuns = isTimeWeighted ? await runsOf(request.entity, request.project) : []
    const referenceRange = await findReferenceRange(request, projectRuns, breathe)
    const key = plainKey(request)
    const runs = await findRuns(store, request, request.runIds, breathe)
    const frame =
      key === undefined
        ? await queryWholeSeries(loadPoints, request, runs, referenceRange, breathe)
        : await queryPlainSteps(store, request, key, runs, breathe)
    const { groups = [] } = request
    if (groups.length === 0) return frame
    const members = []
    for (const group of groups) members.push(await findRuns(store, request, group.runIds, breathe))
    const grouped = await queryGroups({ store, loadPoints, request, key, members, referenceRange, breathe })
    return { grid: frame.grid, series: [...frame.series, ...grouped] }
  }
}

/** The key that the store itself can put into buckets of steps, from its rollups, however long a run is. */
function plainKey({ key, x, scale, smoothing }: SeriesRequest): string | undefined {
  return x.kind === 'step' && scale !== 'log' && (smoothing?.kind ?? 'none') === 'none' ? key : undefined
}

async function findRuns(
  store: Store,
  { entity, project }: SeriesRequest,
  runIds: readonly string[],
  breathe: Breathe,
): Promise<readonly (RunRow | undefined)[]> {
  const runs: (RunRow | undefined)[] = []
  for (const runId of runIds) {
    runs.push(await store.run({ entity, project, runId }))
    await breathe()
  }
  return runs
}
