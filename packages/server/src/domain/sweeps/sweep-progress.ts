import type { ProjectRow, RunPredicate, RunValuePath } from '@lossline/store'
import { type FlatParameter, flattenParameters, toPlainValue } from '@lossline/sweeps'
import type { Runs } from '../runs.ts'
import type { CountedSweep } from './sweep-overview.ts'
import { namesOf, ofSweep } from './sweep-runs.ts'

/** How far a sweep is, besides the number of its runs. */
export interface SweepProgress {
  /** The last sign of life of any of its runs; undefined: it has none. */
  readonly lastHeardAtMs: number | undefined
  /** Of a grid; undefined where its points cannot be told apart by what runs say. */
  readonly grid: { readonly pointCount: number; readonly takenCount: number } | undefined
}

export async function progressOf(runs: Runs, project: ProjectRow, counted: CountedSweep): Promise<SweepProgress> {
  if (counted.counts.runCount === 0) return { lastHeardAtMs: undefined, grid: await gridOf(runs, project, counted) }
  const order = { by: { kind: 'field', field: 'heartbeatAtMs' }, isDescending: true } as const
  const { runs: found } = await runs.list({
    ...namesOf(project),
    filter: ofSweep(counted.sweep.name),
    order,
    limit: 1,
  })
  return { lastHeardAtMs: found[0]?.heartbeatAtMs, grid: await gridOf(runs, project, counted) }
}

/** A point is taken as soon as a run in any state has its values, as W&B's own search counts. */
async function gridOf(
  runs: Runs,
  project: ProjectRow,
  { sweep, config, counts }: CountedSweep,
): Promise<SweepProgress['grid']> {
  const pointCount = config?.gridPointCount
  if (config === undefined || pointCount === undefined) return undefined
  if (counts.runCount === 0) return { pointCount, takenCount: 0 }
  const searched = flattenParameters(config.parameters).filter(({ parameter }) => parameter.kind !== 'constant')
  const tests = searched.map(toTest)
  // Of a grid of constants only, its one point.
  if (tests.length === 0) return { pointCount, takenCount: 1 }
  if (tests.some((test) => test === undefined)) return undefined
  const { total } = await runs.groups({
    ...namesOf(project),
    filter: { kind: 'and', of: [ofSweep(sweep.name), ...tests.filter((test) => test !== undefined)] },
    by: searched.map(toPath),
    columns: [],
    limit: 1,
  })
  return { pointCount, takenCount: total }
}

function toPath({ path }: FlatParameter): RunValuePath {
  return { kind: 'config', path: path.join('.') }
}

/** Whether a run has one of a parameter's values; undefined for lists and objects, which groups do not tell apart. */
function toTest(flat: FlatParameter): RunPredicate | undefined {
  const { parameter } = flat
  const path = toPath(flat)
  switch (parameter.kind) {
    case 'categorical': {
      const values = parameter.values.map(toPlainValue)
      return values.some((value) => typeof value === 'object') ? undefined : { kind: 'in', path, values }
    }
    case 'int_uniform':
    case 'q_uniform':
      return {
        kind: 'and',
        of: [
          { kind: 'gte', path, value: parameter.min },
          // The end belongs to integers alone.
          { kind: parameter.kind === 'q_uniform' ? 'lt' : 'lte', path, value: parameter.max },
        ],
      }
    default:
      return undefined
  }
}
