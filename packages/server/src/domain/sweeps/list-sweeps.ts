import type { SweepSortKey } from '@lossline/protocol'
import type { ProjectRow, SweepRow } from '@lossline/store'
import type { Runs } from '../runs.ts'
import { type SweepOverview, sweepOutline, sweepTitle, withBest, withCounts } from './sweep-overview.ts'

/** An order of sweeps, and a part of them. */
export interface SweepListQuery {
  readonly sort: { readonly key: SweepSortKey; readonly isDescending: boolean }
  readonly offset: number
  readonly limit: number
}

/** Some sweeps of a project in an order; what is missing comes last either way. The best runs are looked for on the page alone, unless they are the order. */
export async function listSweeps(
  runs: Runs,
  project: ProjectRow,
  sweeps: readonly SweepRow[],
  { sort, offset, limit }: SweepListQuery,
): Promise<readonly SweepOverview[]> {
  const counted = await withCounts(runs, project, sweeps.map(sweepOutline))
  const page = <T extends Sortable>(all: readonly T[]): readonly T[] =>
    sortSweeps(all, sort).slice(offset, offset + limit)
  if (sort.key === 'best') return page(await withBest(runs, project, counted))
  return withBest(runs, project, page(counted))
}

type Sortable = Omit<SweepOverview, 'best' | 'metricPath'> & Partial<Pick<SweepOverview, 'best'>>

const keys: { readonly [K in SweepSortKey]: (sweep: Sortable) => string | number | undefined } = {
  name: (sweep) => sweepTitle(sweep).toLowerCase(),
  state: ({ sweep }) => sweep.state,
  method: ({ config }) => config?.method,
  metric: ({ config }) => config?.metric?.name,
  runs: ({ counts }) => counts.runCount,
  best: ({ best }) => best?.value,
  time: ({ counts }) => counts.computeSeconds,
  user: ({ sweep }) => sweep.username || undefined,
  created: ({ sweep }) => sweep.createdAtMs,
}

/** Equal ones stay as they were made, turned round with the rest. */
function sortSweeps<T extends Sortable>(sweeps: readonly T[], { key, isDescending }: SweepListQuery['sort']): T[] {
  const of = keys[key]
  const sign = isDescending ? -1 : 1
  return sweeps.toSorted((one, other) => {
    const [a, b] = [of(one), of(other)]
    if (a === undefined || b === undefined) {
      return Number(a === undefined) - Number(b === undefined) || sign * (one.sweep.id - other.sweep.id)
    }
    return sign * (a < b ? -1 : a > b ? 1 : one.sweep.id - other.sweep.id)
  })
}
