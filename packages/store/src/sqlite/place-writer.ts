import { StoreError } from '../errors.ts'
import type { DeleteProjectWrite, MoveRunWrite, RenameProjectWrite } from '../runs/place-writes.ts'
import type { ProjectRow, RunAddress, RunRow } from '../store.ts'
import { deleteCollection } from './artifacts/collection-writer.ts'
import { compactStreamNow } from './compact.ts'
import type { Connection } from './connection.ts'
import { changeAddress, changeAddresses, findFormer } from './former-addresses.ts'
import { findProject, findProjectById, findRunById, streamIds } from './run-reader.ts'
import { ensureProject, noProject, requireRun, touchRun } from './run-writer.ts'
import { deleteShareLinksOf, moveShareLinksOfRun } from './share-links.ts'
import { deleteSweepsOf } from './sweeps.ts'
import { ensureTrash, isRunIdSpent } from './trash.ts'
import { deleteViewsOf } from './views.ts'

/** Within a transaction, as everything here. */
export function moveRun(connection: Connection, write: MoveRunWrite): { readonly run: RunRow } {
  const { run: id, entity, project, nowMs } = write
  requireRun(connection, id)
  const before = findRunById(connection, id)!
  if (before.entity === entity && before.project === project) return { run: before }
  const now = { entity, project, runId: before.runId }
  refuseTaken(connection, id, now)
  const target = ensureProject(connection, entity, project, nowMs)
  // Tails hold the numbers of keys within their bytes.
  for (const streamId of Object.values(streamIds)) compactStreamNow(connection, id, streamId)
  moveKeys(connection, id, target)
  changeAddress(connection, id, before, now)
  // Dates the project that it leaves, then the one that it comes to.
  touchRun(connection, id, nowMs)
  const number = takeNumber(connection, before, target)
  connection.run('UPDATE run SET project_id = ?, number = ? WHERE id = ?', target, number, id)
  moveShareLinksOfRun(connection, id, target)
  touchRun(connection, id, nowMs)
  return { run: findRunById(connection, id)! }
}

/** The number of a run in a project that it comes to: the one it had there before, else the next. Notes the one that it leaves. */
function takeNumber(connection: Connection, { id, projectId, number }: RunRow, target: number): number {
  connection.run(
    `INSERT INTO former_number (run, project_id, number) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET number = excluded.number`,
    id,
    projectId,
    number,
  )
  const former = connection.get<{ number: number }>(
    'SELECT number FROM former_number WHERE run = ? AND project_id = ?',
    id,
    target,
  )
  if (former !== undefined) return former.number
  return connection.get<{ number: number }>(
    'UPDATE project SET last_run_number = last_run_number + 1 WHERE id = ? RETURNING last_run_number AS number',
    target,
  )!.number
}

/** An old client of another run knows it by that address, or a deleted one can come back to it. */
function refuseTaken(connection: Connection, run: number, at: RunAddress): void {
  const isTaken =
    connection.get(
      'SELECT 1 FROM run JOIN project ON project.id = run.project_id WHERE entity = ? AND name = ? AND run_id = ?',
      at.entity,
      at.project,
      at.runId,
    ) !== undefined
  const former = findFormer(connection, at)
  const isOwn = former?.run === run
  if (!isTaken && (isOwn || !isRunIdSpent(connection, at))) return
  throw new StoreError({
    code: 'conflict',
    message: `The run id "${at.runId}" is taken in ${at.entity}/${at.project}.`,
    hint: 'Move the run to another project.',
  })
}

/** Keys belong to projects, so all that a run has under a key goes to the key of that name in the other project. */
function moveKeys(connection: Connection, run: number, target: number): void {
  const tables = [
    ['run_key', 'run = ?1'],
    ['chunk', 'run = ?1'],
    ['row', 'run = ?1'],
    ['run_value', 'source IN (0, 1) AND run = ?1'],
  ] as const
  const used = tables.map(([table, ofRun]) => `SELECT key FROM ${table} WHERE ${ofRun}`).join(' UNION ')
  connection.run(
    `INSERT INTO key (project_id, name) SELECT ?2, name FROM key WHERE id IN (${used}) ON CONFLICT DO NOTHING`,
    run,
    target,
  )
  for (const [table, ofRun] of tables) {
    connection.run(
      `UPDATE ${table} SET key = (
         SELECT other.id FROM key AS own JOIN key AS other ON other.project_id = ?2 AND other.name = own.name
         WHERE own.id = ${table}.key)
       WHERE ${ofRun}`,
      run,
      target,
    )
  }
}

export function renameProject(connection: Connection, write: RenameProjectWrite): { readonly project: ProjectRow } {
  const before = requireProject(connection, write.project)
  if (before.name === write.name) return { project: before }
  if (findProject(connection, before.entity, write.name) !== undefined) {
    throw new StoreError({
      code: 'conflict',
      message: `${before.entity} has a project "${write.name}" already.`,
      hint: 'Take another name, or move the runs of one project into the other.',
    })
  }
  changeAddresses(connection, before, write.name)
  connection.run(
    'UPDATE project SET name = ?, updated_at_ms = max(updated_at_ms, ?) WHERE id = ?',
    write.name,
    write.nowMs,
    before.id,
  )
  return { project: findProjectById(connection, before.id)! }
}

/** The row of the project stays, without its name: rows of what is gone refer to it. */
export function deleteProject(connection: Connection, write: DeleteProjectWrite): void {
  const { project: id, nowMs } = write
  refuseLive(connection, requireProject(connection, id), write.liveSinceMs)
  const trash = ensureTrash(connection, id, nowMs)
  // As if they had been there since ever: the next collection of garbage removes them.
  connection.run('UPDATE run SET project_id = ?1, deleted_at_ms = 0 WHERE project_id IN (?1, ?2)', trash, id)
  const collections = connection.all<{ id: number }>('SELECT id FROM artifact_collection WHERE project_id = ?', id)
  for (const collection of collections) deleteCollection(connection, collection.id, nowMs)
  deleteViewsOf(connection, id)
  deleteSweepsOf(connection, id)
  deleteShareLinksOf(connection, id)
  // What the doomed runs have under a key goes with them, and is read by nobody before.
  for (const table of ['artifact_type', 'spent_run_id', 'key', 'former_number', 'metric_note']) {
    connection.run(`DELETE FROM ${table} WHERE project_id = ?`, id)
  }
  connection.run(
    `UPDATE project SET entity = '', name = 'deleted ' || id, description = '', removed_at_ms = ? WHERE id = ?`,
    nowMs,
    id,
  )
}

function refuseLive(connection: Connection, project: ProjectRow, liveSinceMs: number): void {
  const live = connection.get<{ run_id: string }>(
    `SELECT run_id FROM run WHERE project_id = ? AND state IN ('running', 'preempting') AND heartbeat_at_ms >= ?`,
    project.id,
    liveSinceMs,
  )
  if (live === undefined) return
  throw new StoreError({
    code: 'conflict',
    message: `Run "${live.run_id}" of ${project.entity}/${project.name} is going on.`,
    hint: 'Stop it, wait for its end, or delete it first.',
  })
}

function requireProject(connection: Connection, id: number): ProjectRow {
  const found = findProjectById(connection, id)
  if (found !== undefined) return found
  throw noProject(id)
}
