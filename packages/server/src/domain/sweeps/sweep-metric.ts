import type { ProjectRow, RunPredicate, RunRow, RunValuePath } from '@lossline/store'
import { type SweepMetric, summaryKeys } from '@lossline/sweeps'
import { valueAtPath } from '../run-columns.ts'
import type { Runs } from '../runs.ts'
import { namesOf, ofSweep } from './sweep-runs.ts'

type SummaryPath = RunValuePath & { readonly kind: 'summary' | 'config' }

/**
 * Where in the summaries of a sweep's runs its metric stands: a program may have asked for the least, the largest or the mean
 * instead of the last value, and then the summary has an object. All runs of a sweep are of one program, so the newest that has
 * the metric says it for all, that their values can be compared.
 */
export async function findMetricPath(
  runs: Runs,
  project: ProjectRow,
  { name }: { readonly name: string },
  metric: SweepMetric,
): Promise<SummaryPath> {
  const paths = metricPaths(metric)
  const { runs: found } = await runs.list({
    ...namesOf(project),
    filter: { kind: 'and', of: [ofSweep(name), { kind: 'or', of: paths.map(isNumberAt) }] },
    limit: 1,
  })
  return (found[0] && metricOf(found[0], metric)?.path) ?? paths[0]!
}

/** The value of a sweep's metric in the summary of a run, and where it stands; undefined: there is none. */
export function metricOf(
  run: RunRow,
  metric: SweepMetric,
): { readonly path: SummaryPath; readonly value: number } | undefined {
  for (const path of metricPaths(metric)) {
    const value = valueAtPath(run, path)
    if (typeof value === 'number') return { path, value }
  }
  return undefined
}

/** Runs that have a finite number somewhere. */
export function isNumberAt(path: RunValuePath): RunPredicate {
  return {
    kind: 'and',
    // Texts come before or after all numbers.
    of: [
      { kind: 'gte', path, value: -Number.MAX_VALUE },
      { kind: 'lte', path, value: Number.MAX_VALUE },
    ],
  }
}

function metricPaths(metric: SweepMetric): readonly SummaryPath[] {
  return summaryKeys(metric).map((path) => ({ kind: 'summary', path }))
}
