import type { RunDetail, StrictJson, StrictJsonObject } from '@lossline/protocol'
import { formatDateTime, formatDuration, formatNumber } from '../format.ts'
import { formatLeaf, toTreeRows } from '../json-tree.ts'

/** What of runs is compared, one below the other. */
export const comparedParts = ['Run', 'Config', 'Summary', 'Environment'] as const
export type ComparedPart = (typeof comparedParts)[number]

/** One thing that runs have, each its own. */
export interface ComparedRow {
  readonly part: ComparedPart
  /** Labels that lead to it, joined with dots. */
  readonly name: string
  /** In the order of the runs; undefined: it has none. */
  readonly values: readonly (StrictJson | undefined)[]
  readonly isDifferent: boolean
}

/** Rows for everything that any of the runs has: in their parts, by name. */
export function compareRuns(runs: readonly RunDetail[]): readonly ComparedRow[] {
  return comparedParts.flatMap((part) =>
    comparePart(
      part,
      runs.map((run) => partOf(run, part)),
    ),
  )
}

/** Rows whose name or a value has a text in it; with `isDifferentOnly` only those in which runs differ. */
export function filterComparison(
  rows: readonly ComparedRow[],
  { search, isDifferentOnly }: { readonly search: string; readonly isDifferentOnly: boolean },
): readonly ComparedRow[] {
  const wanted = search.trim().toLowerCase()
  return rows.filter(({ name, values, isDifferent }) => {
    if (isDifferentOnly && !isDifferent) return false
    if (wanted === '') return true
    return [name, ...values.map((value) => (value === undefined ? '' : formatLeaf(value)))].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  })
}

/** A value in one line. */
export function comparedText(value: StrictJson | undefined): string {
  if (value === undefined) return '–'
  return typeof value === 'number' ? formatNumber(value) : formatLeaf(value)
}

/** By how much a number differs from the baseline's, in per cent with its sign; undefined where that says nothing. */
export function percentDelta(value: StrictJson | undefined, baseline: StrictJson | undefined): string | undefined {
  if (typeof value !== 'number' || typeof baseline !== 'number' || value === baseline || baseline === 0)
    return undefined
  const percent = ((value - baseline) / Math.abs(baseline)) * 100
  return `${percent > 0 ? '+' : '−'}${formatNumber(Number(Math.abs(percent).toPrecision(3)))} %`
}

function comparePart(part: ComparedPart, trees: readonly StrictJsonObject[]): readonly ComparedRow[] {
  const values = new Map<string, (StrictJson | undefined)[]>()
  for (const [index, tree] of trees.entries()) {
    for (const { path, value } of toTreeRows(tree)) {
      if (value === undefined) continue
      const name = path.join('.')
      const row = values.get(name) ?? trees.map(() => undefined)
      row[index] = value
      values.set(name, row)
    }
  }
  const names = part === 'Run' ? runFieldNames.filter((name) => values.has(name)) : [...values.keys()].sort()
  return names.map((name) => {
    const row = values.get(name)!
    const texts = new Set(row.map((value) => (value === undefined ? undefined : JSON.stringify(value))))
    return { part, name, values: row, isDifferent: texts.size > 1 }
  })
}

const runFieldNames = [
  ...['state', 'created', 'duration', 'steps', 'user', 'host', 'group', 'job type', 'tags', 'notes'],
  ...['program', 'commit', 'repository', 'exit code'],
] as const

function partOf(run: RunDetail, part: ComparedPart): StrictJsonObject {
  if (part === 'Config') return run.config
  if (part === 'Summary') return run.summary
  if (part === 'Environment') return run.metadata
  const fields: Readonly<Record<(typeof runFieldNames)[number], string | number>> = {
    state: run.state,
    created: formatDateTime(run.createdAtMs),
    duration: formatDuration(run.runtimeSeconds),
    steps: run.lastStep ?? '',
    user: run.username,
    host: run.host,
    group: run.group,
    'job type': run.jobType,
    tags: run.tags.join(', '),
    notes: run.notes,
    program: run.program,
    commit: run.commit,
    repository: run.repo,
    'exit code': run.exitCode ?? '',
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
