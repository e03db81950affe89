import type { ProjectRow, RunOrder, RunRow, SweepRow } from '@lossline/store'
import { parseSweepConfig, type SweepConfig, SweepConfigError } from '@lossline/sweeps'
import { inParts } from '../in-parts.ts'
import { valueAtPath } from '../run-columns.ts'
import { isLive } from '../run-state.ts'
import type { Runs } from '../runs.ts'
import { findMetricPath, isNumberAt } from './sweep-metric.ts'
import { namesOf, ofSweep } from './sweep-runs.ts'

/** What a sweep says about itself. */
export interface SweepOutline {
  readonly sweep: SweepRow
  /** Undefined: it has none, or one that cannot be read. */
  readonly config: SweepConfig | undefined
  readonly warnings: readonly string[]
  /** Why the configuration cannot be read. */
  readonly problem: string | undefined
}

/** What a sweep is about and what came of it. */
export interface SweepOverview extends CountedSweep {
  /** The run whose summary has the best value of the metric. */
  readonly best: { readonly run: RunRow; readonly value: number } | undefined
  /** Where in the summaries of its runs the metric stands; undefined: it has none. */
  readonly metricPath: string | undefined
}

/** A sweep and how many runs it has. */
export interface CountedSweep extends SweepOutline {
  readonly counts: SweepCounts
}

/** Of the runs of a sweep. */
export interface SweepCounts {
  readonly runCount: number
  readonly liveCount: number
  readonly failedCount: number
  readonly computeSeconds: number
}

/** Overviews of sweeps of one project, in their order. */
export async function overviewSweeps(
  runs: Runs,
  project: ProjectRow,
  sweeps: readonly SweepRow[],
): Promise<readonly SweepOverview[]> {
  return withBest(runs, project, await withCounts(runs, project, sweeps.map(sweepOutline)))
}

/** Of sweeps of one project, in their order. */
export async function withCounts(
  runs: Runs,
  project: ProjectRow,
  sweeps: readonly SweepOutline[],
): Promise<readonly CountedSweep[]> {
  const counts = await countRuns(
    runs,
    project,
    sweeps.map(({ sweep }) => sweep.name),
  )
  return sweeps.map((one) => ({ ...one, counts: counts.get(one.sweep.name) ?? noRuns }))
}

/** Of sweeps of one project, in their order. Costs a look at the runs of each. */
export function withBest(
  runs: Runs,
  project: ProjectRow,
  sweeps: readonly CountedSweep[],
): Promise<readonly SweepOverview[]> {
  return inParts(sweeps, async (one) => ({ ...one, ...(await findBest(runs, project, one)) }))
}

/** Runs after which a sweep ends by itself; undefined: it has no such end. */
export function expectedRunCount(config: SweepConfig | undefined): number | undefined {
  const ends = [config?.gridPointCount, config?.runCountMax].filter((count) => count !== undefined)
  return ends.length > 0 ? Math.min(...ends) : undefined
}

/** The run whose summary has the best finite value of the sweep's metric. One that failed is none, whatever it had reached. */
async function findBest(
  runs: Runs,
  project: ProjectRow,
  { sweep, config, counts }: CountedSweep,
): Promise<Pick<SweepOverview, 'best' | 'metricPath'>> {
  const metric = config?.metric
  if (metric === undefined) return nothing
  if (counts.runCount === 0) return { best: undefined, metricPath: metric.name }
  const by = await findMetricPath(runs, project, sweep, metric)
  const order: RunOrder = { by, isDescending: metric.goal === 'maximize' }
  const { runs: found } = await runs.list({
    ...namesOf(project),
    filter: {
      kind: 'and',
      of: [
        ofSweep(sweep.name),
        { kind: 'not', of: { kind: 'in', path: { kind: 'field', field: 'state' }, values: ['failed', 'crashed'] } },
        isNumberAt(by),
      ],
    },
    order,
    limit: 1,
  })
  const [run] = found
  const value = run && valueAtPath(run, by)
  return {
    best: run !== undefined && typeof value === 'number' ? { run, value } : undefined,
    metricPath: by.path,
  }
}

const nothing = { best: undefined, metricPath: undefined }
const noRuns: SweepCounts = { runCount: 0, liveCount: 0, failedCount: 0, computeSeconds: 0 }
const groupCountMax = 1000
/** States of runs: no sweep has runs in more. */
const stateCount = 8

async function countRuns(
  runs: Runs,
  project: ProjectRow,
  names: readonly string[],
): Promise<ReadonlyMap<string, SweepCounts>> {
  const counts = new Map<string, SweepCounts>()
  const namesAtATime = Math.floor(groupCountMax / stateCount)
  for (let at = 0; at < names.length; at += namesAtATime) {
    const sweepId = { kind: 'field', field: 'sweepId' } as const
    const { groups } = await runs.groups({
      ...namesOf(project),
      filter: { kind: 'in', path: sweepId, values: names.slice(at, at + namesAtATime) },
      by: [sweepId, { kind: 'field', field: 'state' }],
      columns: [{ kind: 'field', field: 'runtimeSeconds' }],
      limit: groupCountMax,
    })
    for (const { values, runCount, columns } of groups) {
      const [name, state] = values.map(String) as [string, RunRow['state']]
      const before = counts.get(name) ?? noRuns
      const [runtime] = columns
      counts.set(name, {
        runCount: before.runCount + runCount,
        liveCount: before.liveCount + (isLive(state) ? runCount : 0),
        failedCount: before.failedCount + (state === 'failed' || state === 'crashed' ? runCount : 0),
        computeSeconds: before.computeSeconds + (runtime && runtime.count > 0 ? runtime.count * runtime.mean : 0),
      })
    }
  }
  return counts
}

/** Reads the configuration of a sweep. */
export function sweepOutline(sweep: SweepRow): SweepOutline {
  if (sweep.config === '') return { sweep, config: undefined, warnings: [], problem: undefined }
  try {
    return { sweep, ...parseSweepConfig(sweep.config), problem: undefined }
  } catch (error) {
    if (!(error instanceof SweepConfigError)) throw error
    return { sweep, config: undefined, warnings: [], problem: error.message }
  }
}

/** What people call a sweep. */
export function sweepTitle({ sweep, config }: SweepOutline): string {
  return sweep.displayName || config?.name || sweep.name
}
