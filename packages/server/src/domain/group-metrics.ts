import type { JsonValue, MetricColumn } from '@lossline/protocol'
import type { NumberSummary, RunGroupQuery, RunGroupRow, RunRow, RunValuePath } from '@lossline/store'
import type { LoadFigures } from './load-figures.ts'
import { valueAtPath } from './run-columns.ts'
import type { Runs } from './runs.ts'
import type { Breathe } from './series/breathe.ts'
import { groupKey } from './value-spreads.ts'

/** Of more runs the histories are not read for one answer. */
export const groupedMetricRunCountMax = 2000

/**
 * What a metric comes to in the runs of groups, summed up for each of them. Undefined: more than
 * {@link groupedMetricRunCountMax} runs match.
 */
export async function metricOfGroups(
  { runs, loadFigures }: { readonly runs: Pick<Runs, 'list' | 'count'>; readonly loadFigures: LoadFigures },
  options: {
    /** Of the groups. */
    readonly query: Omit<RunGroupQuery, 'by' | 'columns' | 'presumed' | 'offset' | 'limit'> & {
      readonly by: readonly RunValuePath[]
    }
    readonly groups: readonly Pick<RunGroupRow, 'values'>[]
    readonly column: MetricColumn
    readonly breathe: Breathe
  },
): Promise<readonly NumberSummary[] | undefined> {
  const { query, groups, column, breathe } = options
  const { by, ...selection } = query
  if ((await runs.count(selection)) > groupedMetricRunCountMax) return undefined
  const { runs: found } = await runs.list({ ...selection, limit: groupedMetricRunCountMax })
  const wanted = new Set(groups.map(({ values }) => groupKey(values)))
  const numbers = new Map<string, number[]>()
  for (const run of found) {
    const group = groupKey(by.map((path) => groupValueOf(run, path)))
    if (!wanted.has(group)) continue
    const number = (await loadFigures(run, column.metric))?.[column.reduction]
    if (number !== undefined && number !== null) numbers.set(group, [...(numbers.get(group) ?? []), number])
    await breathe()
  }
  return groups.map(({ values }) => summarise(numbers.get(groupKey(values)) ?? []))
}

/** As the store puts runs together: what is missing, empty, NaN, a list or an object is no value. */
function groupValueOf(run: RunRow, path: RunValuePath): RunGroupRow['values'][number] {
  const value: JsonValue | undefined = valueAtPath(run, path)
  switch (typeof value) {
    case 'string':
      return path.kind === 'field' && value === '' ? undefined : value
    case 'number':
      return Number.isNaN(value) ? undefined : value
    case 'bigint':
    case 'boolean':
      return value
    default:
      return undefined
  }
}

function summarise(numbers: readonly number[]): NumberSummary {
  // Of none all figures are NaN, or infinite.
  const count = numbers.length
  const mean = numbers.reduce((sum, number) => sum + number, 0) / count
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0)
  return {
    count,
    mean,
    standardDeviation: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)),
    min: numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    max: numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  }
}
