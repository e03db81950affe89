import { StoreError } from '../errors.ts'
import type {
  ChangeProjectWrite,
  ProjectRow,
  PutLinesWrite,
  PutProjectWrite,
  PutRunWrite,
  RunAddress,
  RunFields,
  RunRow,
} from '../store.ts'
import type { Connection } from './connection.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { findProject, findProjectById } from './run-reader.ts'
import {
  defaultRunFields,
  fromRunRecord,
  type RunRecord,
  runColumns,
  selectRun,
  toColumnValue,
  withGivenTexts,
} from './run-records.ts'
import { noteState } from './state-changes.ts'
import { indexValues, removeValues, type ValueSource } from './values/value-index.ts'
import { placeLines } from './writers.ts'

// Object.entries forgets the keys' type.
const columnEntries = Object.entries(runColumns) as [keyof RunFields, string][]

/** Within a transaction. */
export function putRun(
  connection: Connection,
  keys: KeyDictionary,
  write: PutRunWrite,
): { isCreated: boolean; run: RunRow } {
  const { entity, project, runId } = write.at
  const readRun = (): RunRecord | undefined =>
    connection.get<RunRecord>(`${selectRun} WHERE entity = ? AND name = ? AND run_id = ?`, entity, project, runId)

  const found = readRun()
  if (found === undefined && write.mayCreate === false) {
    throw noRunAt(write.at)
  }
  if (found === undefined) createRun(connection, write)
  else changeRun(connection, write, found)
  const put = readRun()!
  for (const source of valueSources) {
    const [before, after] = [found?.[source] ?? '{}', put[source]]
    if (before !== after)
      indexValues(connection, keys, { run: put.id, projectId: put.project_id, source, before, after })
  }
  const run = fromRunRecord(put)
  if (found?.state !== run.state) noteState(connection, run, write.nowMs)
  return { isCreated: found === undefined, run }
}

const valueSources: readonly ValueSource[] = ['config', 'summary']

export function putProject(connection: Connection, write: PutProjectWrite): ProjectRow {
  const { entity, name, isSample = false, nowMs } = write
  const isNew = findProject(connection, entity, name) === undefined
  const id = ensureProject(connection, entity, name, nowMs)
  if (isSample && isNew) connection.run('UPDATE project SET sample_loaded_at_ms = 0 WHERE id = ?', id)
  return findProject(connection, entity, name)!
}

/** The id alone, because a whole project counts its runs. */
export function ensureProject(connection: Connection, entity: string, name: string, nowMs: number): number {
  connection.run(
    'INSERT INTO project (entity, name, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    entity,
    name,
    nowMs,
    nowMs,
  )
  return connection.get<{ id: number }>('SELECT id FROM project WHERE entity = ? AND name = ?', entity, name)!.id
}

/** @throws {@link StoreError} `not-found`. */
export function changeProject(connection: Connection, write: ChangeProjectWrite): ProjectRow {
  const changedCount = connection.run(
    `UPDATE project SET description = coalesce(?, description), access = coalesce(?, access),
       sample_loaded_at_ms = coalesce(?, sample_loaded_at_ms), tags = coalesce(?, tags),
       protected_aliases = coalesce(?, protected_aliases), updated_at_ms = max(updated_at_ms, ?) WHERE id = ? AND trash_of IS NULL AND removed_at_ms IS NULL`,
    write.description ?? null,
    write.access ?? null,
    write.sampleLoadedAtMs ?? null,
    write.tags === undefined ? null : JSON.stringify(write.tags),
    write.protectedAliases === undefined ? null : JSON.stringify(write.protectedAliases),
    write.nowMs,
    write.project,
  )
  if (changedCount > 0) return findProjectById(connection, write.project)!
  throw noProject(write.project)
}

export function noProject(id: number): StoreError {
  return new StoreError({ code: 'not-found', message: `There is no project with the id ${id}.` })
}

/** Console lines; equal lines again change nothing. */
export function putLines(connection: Connection, write: PutLinesWrite): void {
  requireRun(connection, write.run)
  const numbers = numbersOf(connection, write)
  let changedCount = 0
  let lineCount = 0
  for (const [index, text] of write.lines.entries()) {
    const number = numbers[index]!
    lineCount = Math.max(lineCount, number + 1)
    changedCount += connection.run(
      `INSERT INTO line (run, number, text) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET text = excluded.text WHERE text <> excluded.text`,
      write.run,
      number,
      text,
    )
  }
  if (changedCount === 0) return
  touchRun(connection, write.run, write.nowMs)
  connection.run('UPDATE run SET log_line_count = max(log_line_count, ?) WHERE id = ?', lineCount, write.run)
}

/** The number of each line in the run. */
function numbersOf(connection: Connection, { run, writer, lineOffset, lines }: PutLinesWrite): number[] {
  if (writer === undefined) return lines.map((_, index) => lineOffset + index)
  const { count } = connection.get<{ count: number }>('SELECT log_line_count AS count FROM run WHERE id = ?', run)!
  return placeLines(connection, run, writer, { first: lineOffset, lines, lineCount: count })
}

/** All that a run has. */
export function removeRun(connection: Connection, run: number): void {
  connection.run('DELETE FROM rollup WHERE chunk IN (SELECT id FROM chunk WHERE run = ?)', run)
  const tables = [
    'chunk',
    'tail',
    'row',
    'run_key',
    'line',
    'line_range',
    'writer',
    'alert',
    'artifact_usage',
    'history_export',
    'run_state_change',
    'former_number',
    'sweep_trial',
  ]
  for (const table of tables) {
    connection.run(`DELETE FROM ${table} WHERE run = ?`, run)
  }
  removeValues(connection, run)
  connection.run('DELETE FROM run WHERE id = ?', run)
}

/** Counts one change of the run and dates its project. */
export function touchRun(connection: Connection, run: number, nowMs: number): void {
  connection.run(
    'UPDATE run SET revision = revision + 1, updated_at_ms = max(updated_at_ms, ?) WHERE id = ?',
    nowMs,
    run,
  )
  connection.run(
    'UPDATE project SET updated_at_ms = max(updated_at_ms, ?) WHERE id = (SELECT project_id FROM run WHERE id = ?)',
    nowMs,
    run,
  )
}

function createRun(connection: Connection, write: PutRunWrite): void {
  const { entity, project, runId } = write.at
  const projectId = ensureProject(connection, entity, project, write.nowMs)
  connection.run(
    'UPDATE project SET last_run_number = last_run_number + 1, updated_at_ms = max(updated_at_ms, ?) WHERE id = ?',
    write.nowMs,
    projectId,
  )
  const defaults = defaultRunFields(write.nowMs)
  const values = columnEntries.map(([field]) => {
    const given = write.change[field]
    return toColumnValue(given !== undefined ? given : (write.whenCreated?.[field] ?? defaults[field]))
  })
  const columns = columnEntries.map(([, column]) => column)
  connection.run(
    `INSERT INTO run (project_id, run_id, number, created_at_ms, updated_at_ms, ${columns.join(', ')})
     VALUES (?1, ?2, (SELECT last_run_number FROM project WHERE id = ?1), ?3, ?3, ${columns.map((_, index) => `?${index + 4}`).join(', ')})`,
    projectId,
    runId,
    write.nowMs,
    ...values,
  )
}

function changeRun(connection: Connection, write: PutRunWrite, found: RunRecord): void {
  const current: { readonly [column: string]: unknown } = { ...withGivenTexts(found) }
  const changed = columnEntries.filter(
    ([field, column]) => write.change[field] !== undefined && toColumnValue(write.change[field]) !== current[column],
  )
  if (changed.length === 0) return
  touchRun(connection, found.id, write.nowMs)
  connection.run(
    `UPDATE run SET ${changed.map(([, column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...changed.map(([field]) => toColumnValue(write.change[field])),
    found.id,
  )
}

/** @throws {@link StoreError} `not-found`. */
export function requireRun(connection: Connection, run: number): void {
  if (connection.get('SELECT 1 FROM run WHERE id = ? AND deleted_at_ms IS NULL', run) === undefined) throw noRun(run)
}

export function noRunAt({ entity, project, runId }: RunAddress): StoreError {
  return new StoreError({ code: 'not-found', message: `There is no run "${runId}" in ${entity}/${project}.` })
}

export function noRun(run: number): StoreError {
  return new StoreError({ code: 'not-found', message: `There is no run with storage id ${run}.` })
}
