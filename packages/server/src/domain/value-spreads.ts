import type { ValueSpread } from '@lossline/protocol'
import type { RunGroupPath, RunGroupQuery, RunGroupRow } from '@lossline/store'
import type { Runs } from './runs.ts'
import type { Breathe } from './series/breathe.ts'

/** Parts that numbers are counted in. */
const binCount = 10
const topValueCount = 3
/** Of a text so much is told. */
const toldLengthMax = 200
/** Of keys that most runs have another value of, so many are read; of more nothing is told, as part of them would be wrong. */
const valueCountMax = 50_000

type GroupValue = RunGroupRow['values'][number]

/** Tells how the values of a key are spread, for each of some groups of the same query. Null: there are too many of them. */
export async function spreadsOfGroups(
  runs: Pick<Runs, 'groups'>,
  options: {
    readonly query: Omit<RunGroupQuery, 'presumed' | 'columns' | 'offset' | 'limit'>
    readonly groups: readonly Pick<RunGroupRow, 'values'>[]
    readonly path: RunGroupPath
    readonly breathe: Breathe
  },
): Promise<readonly (ValueSpread | null)[]> {
  const { query, groups, path, breathe } = options
  const { total, groups: found } = await runs.groups({
    ...query,
    by: [...query.by, path],
    columns: [],
    offset: 0,
    limit: valueCountMax,
  })
  await breathe()
  if (total > valueCountMax) return groups.map(() => null)
  const byGroup = Map.groupBy(found, ({ values }) => groupKey(values.slice(0, -1)))
  const numbers = found.map(({ values }) => values.at(-1)).flatMap((value) => finiteNumber(value) ?? [])
  const [least, greatest] = numbers.reduce(
    ([low, high], number) => [Math.min(low, number), Math.max(high, number)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
  const spreads: ValueSpread[] = []
  for (const { values } of groups) {
    const rows = byGroup.get(groupKey(values)) ?? []
    spreads.push(path.kind === 'tags' ? spreadOfTags(rows) : spreadOf(rows, least!, greatest!))
    await breathe()
  }
  return spreads
}

function spreadOf(rows: readonly RunGroupRow[], least: number, greatest: number): ValueSpread {
  const bins = Array.from({ length: binCount }, () => 0)
  const others: { readonly value: string | boolean; readonly runCount: number }[] = []
  for (const { values, runCount } of rows) {
    const value = values.at(-1)
    const number = finiteNumber(value)
    if (number !== undefined) {
      const share = (number - least) / (greatest - least)
      if (Number.isFinite(share)) bins[Math.min(binCount - 1, Math.floor(share * binCount))]! += runCount
    } else if (typeof value === 'string' || typeof value === 'boolean') others.push({ value, runCount })
  }
  return {
    bins: least < greatest && bins.some((count) => count > 0) ? bins : [],
    topValues: topOf(others),
    distinctCount: others.length,
  }
}

/** Each tag by itself: what was counted are lists of them. */
function spreadOfTags(rows: readonly RunGroupRow[]): ValueSpread {
  const counts = new Map<string, number>()
  for (const { values, runCount } of rows) {
    const list = values.at(-1)
    for (const tag of typeof list === 'string' ? new Set(JSON.parse(list) as readonly string[]) : [])
      counts.set(tag, (counts.get(tag) ?? 0) + runCount)
  }
  const tags = [...counts].map(([value, runCount]) => ({ value, runCount }))
  return { bins: [], topValues: topOf(tags), distinctCount: tags.length }
}

function topOf(counted: ValueSpread['topValues']): ValueSpread['topValues'] {
  return counted
    .toSorted((a, b) => b.runCount - a.runCount)
    .slice(0, topValueCount)
    .map(({ value, runCount }) => ({ value: typeof value === 'string' ? shortened(value) : value, runCount }))
}

/** Notes may be long, and a cell is not. */
function shortened(text: string): string {
  return text.length > toldLengthMax ? `${text.slice(0, toldLengthMax)}…` : text
}

function finiteNumber(value: GroupValue): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** The same text for groups with equal values. */
export function groupKey(values: readonly GroupValue[]): string {
  return JSON.stringify(values.map((value) => [typeof value, typeof value === 'bigint' ? String(value) : value]))
}
