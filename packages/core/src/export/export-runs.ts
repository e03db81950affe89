import type { JsonValue } from '@lossline/protocol'
import type { StoredRun } from '../api/stored-run.ts'
import { type FlatRow, flattenRow } from './flatten-row.ts'

/** Runs to export: one, some, or a list of an Api. */
export type RunsToExport = StoredRun | Iterable<StoredRun> | AsyncIterable<StoredRun>

/** Columns that begin a table of runs. */
export const runColumns: readonly string[] = [
  ...['entity', 'project', 'id', 'name', 'state', 'group', 'jobType', 'tags', 'notes', 'sweepId', 'username', 'commit'],
  ...['createdAt', 'heartbeatAt', 'historyLineCount'],
]

/** Columns that begin a table of one run's rows. */
export const historyColumns: readonly string[] = ['_step', '_timestamp', '_runtime']

/** Columns that begin a table of several runs' rows. */
export const runHistoryColumns: readonly string[] = ['run', ...historyColumns]

/** One row a run: what it is, `config.*` and `summary.*`. */
export async function* toRunRows(runs: RunsToExport, signal: AbortSignal | undefined): AsyncGenerator<FlatRow> {
  for await (const run of toIterable(runs)) {
    signal?.throwIfAborted()
    const { _wandb, ...summary } = run.summary
    yield new Map<string, JsonValue>([
      ...describe(run),
      ...flattenRow(run.config, 'config.'),
      ...flattenRow(summary, 'summary.'),
    ])
  }
}

/**
 * One row for each row of the runs.
 *
 * @param keys - Only these columns; rows with none of them are left out. Default: all.
 */
export async function* toHistoryRows(
  runs: RunsToExport,
  keys: readonly string[] | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<FlatRow> {
  const isOne = isRun(runs)
  for await (const run of toIterable(runs)) {
    // Whole rows, whatever is wanted of them: what a server selects comes without the difference of NaN and a text.
    for await (const row of run.scanHistory({ pageSize: 5000, signal })) {
      const cells = flattenRow(row)
      if (keys !== undefined && !keys.some((key) => cells.has(key))) continue
      const wanted = keys === undefined ? cells : select(cells, [...historyColumns, ...keys])
      yield isOne ? wanted : new Map<string, JsonValue>([['run', run.path], ...wanted])
    }
  }
}

/** Whether there is one run only, whose rows need no column that names it. */
export function isRun(runs: RunsToExport): runs is StoredRun {
  return 'scanHistory' in runs
}

function select(cells: FlatRow, names: readonly string[]): Map<string, JsonValue> {
  return new Map(
    names.flatMap((name) => {
      const value = cells.get(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function describe(run: StoredRun): [string, JsonValue][] {
  const { tags, createdAt, heartbeatAt } = run
  const facts: Record<string, JsonValue | undefined> = {
    entity: run.entity,
    project: run.project,
    id: run.id,
    name: run.name,
    state: run.state,
    group: run.group,
    jobType: run.jobType,
    tags: tags.length === 0 ? undefined : [...tags],
    notes: run.notes,
    sweepId: run.sweepId,
    username: run.username,
    commit: run.commit,
    createdAt: createdAt.toISOString(),
    heartbeatAt: heartbeatAt?.toISOString(),
    historyLineCount: run.historyLineCount,
  }
  return Object.entries(facts).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
}

async function* toIterable(runs: RunsToExport): AsyncGenerator<StoredRun> {
  if (isRun(runs)) yield runs
  else yield* runs
}
