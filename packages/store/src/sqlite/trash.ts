import { StoreError } from '../errors.ts'
import type { TrashedRunRow, TrashQuery } from '../runs/trashed-runs.ts'
import type { RunAddress, RunRow } from '../store.ts'
import type { Connection } from './connection.ts'
import { findFormer } from './former-addresses.ts'
import { findProjectById, findRunById } from './run-reader.ts'
import { noRun, removeRun, requireRun, touchRun } from './run-writer.ts'
import { wholeColumn, withWholeTexts } from './whole-text.ts'

interface Lying {
  readonly run_id: string
  readonly project_id: number
  /** The project that it belongs to; of a run that is not in the trash, undefined. */
  readonly trash_of: number | null
}

/** Hides a run. Within a transaction. */
export function trashRun(connection: Connection, run: number, nowMs: number): void {
  requireRun(connection, run)
  touchRun(connection, run, nowMs)
  const { project_id: project } = findLying(connection, run)!
  connection.run(
    'UPDATE run SET project_id = ?, deleted_at_ms = ? WHERE id = ?',
    ensureTrash(connection, project, nowMs),
    nowMs,
    run,
  )
}

/** The project in which deleted runs of another one lie. Within a transaction. */
export function ensureTrash(connection: Connection, project: number, nowMs: number): number {
  connection.run(
    `INSERT INTO project (entity, name, created_at_ms, updated_at_ms, trash_of) VALUES ('', ?1, ?2, ?2, ?3)
     ON CONFLICT DO NOTHING`,
    String(project),
    nowMs,
    project,
  )
  return connection.get<{ id: number }>('SELECT id FROM project WHERE trash_of = ?', project)!.id
}

/** Brings a run back. Within a transaction. @throws {@link StoreError} `not-found` when it is not in the trash. */
export function restoreRun(connection: Connection, run: number, nowMs: number): { readonly run: RunRow } {
  const lying = findLying(connection, run)
  if (lying?.trash_of == null || findProjectById(connection, lying.trash_of) === undefined) {
    throw new StoreError({ code: 'not-found', message: `There is no run with storage id ${run} in the trash.` })
  }
  // Its id was not given to another one meanwhile: `isRunIdSpent` tells.
  connection.run('UPDATE run SET project_id = ?, deleted_at_ms = NULL WHERE id = ?', lying.trash_of, run)
  touchRun(connection, run, nowMs)
  return { run: findRunById(connection, run)! }
}

/** Removes a run for good, in the trash or not; its id stays spent. Within a transaction. */
export function deleteRun(connection: Connection, run: number): void {
  const lying = findLying(connection, run)
  if (lying === undefined) throw noRun(run)
  removeRun(connection, run)
  connection.run(
    'INSERT INTO spent_run_id (project_id, run_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    lying.trash_of ?? lying.project_id,
    lying.run_id,
  )
}

export function listTrashedRuns(
  connection: Connection,
  { run, runId, project, deletedBeforeMs, limit }: TrashQuery,
): TrashedRunRow[] {
  const asked: readonly (readonly [condition: string, value: number | string | undefined])[] = [
    ['run.id = ?', run],
    ['run.run_id = ?', runId],
    ['trash.trash_of = ?', project],
    ['deleted_at_ms < ?', deletedBeforeMs],
  ]
  const given = asked.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]))
  const rows = connection.all<TrashedRunRow>(
    `SELECT run.id, trash.trash_of AS projectId, run_id AS runId, ${wholeColumn('display_name', 'displayName')},
       run.created_at_ms AS createdAtMs, deleted_at_ms AS deletedAtMs
     FROM run JOIN project AS trash ON trash.id = run.project_id
     WHERE ${['deleted_at_ms IS NOT NULL', ...given.map(({ condition }) => condition)].join(' AND ')}
     ORDER BY deleted_at_ms, run.id LIMIT ?`,
    ...given.map(({ value }) => value),
    limit ?? -1,
  )
  return rows.map((row) => withWholeTexts(row, ['displayName']))
}

/** Whether a run had an address and was deleted or is elsewhere now, so that another one cannot have it. */
export function isRunIdSpent(connection: Connection, at: RunAddress): boolean {
  const { entity, project, runId } = at
  if (findFormer(connection, at) !== undefined) return true
  const found = connection.get(
    `SELECT 1 FROM project AS owner WHERE owner.entity = ?1 AND owner.name = ?2 AND (
       EXISTS (SELECT 1 FROM spent_run_id WHERE project_id = owner.id AND run_id = ?3)
       OR EXISTS (SELECT 1 FROM run JOIN project AS trash ON trash.id = run.project_id
                  WHERE trash.trash_of = owner.id AND run.run_id = ?3))`,
    entity,
    project,
    runId,
  )
  return found !== undefined
}

function findLying(connection: Connection, run: number): Lying | undefined {
  return connection.get<Lying>(
    `SELECT run_id, project_id, trash_of FROM run JOIN project ON project.id = run.project_id WHERE run.id = ?`,
    run,
  )
}
