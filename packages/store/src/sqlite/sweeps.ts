import { StoreError } from '../errors.ts'
import type { SweepQuery, SweepRow, SweepWrite } from '../sweeps/sweeps.ts'
import type { Connection } from './connection.ts'
import { touchRun } from './run-writer.ts'
import { wholeColumns, withWholeTexts } from './whole-text.ts'

type StoredSweep = Omit<SweepRow, 'priorRunIds' | 'deletedAtMs'> & {
  readonly priorRunIds: string
  readonly deletedAtMs: number | null
}

const texts = {
  name: 'name',
  displayName: 'display_name',
  description: 'description',
  config: 'config',
  controller: 'controller',
  scheduler: 'scheduler',
  launchScheduler: 'launch_scheduler',
  username: 'username',
}
const select = `SELECT id, project_id AS projectId, state, prior_run_ids AS priorRunIds, created_at_ms AS createdAtMs,
  updated_at_ms AS updatedAtMs, deleted_at_ms AS deletedAtMs, ${wholeColumns('sweep', texts)} FROM sweep`

export function listSweeps(connection: Connection, query: SweepQuery): SweepRow[] {
  return findSweeps(connection, query).map(toSweep)
}

function findSweeps(connection: Connection, query: SweepQuery): StoredSweep[] {
  if ('id' in query) return connection.all<StoredSweep>(`${select} WHERE id = ?`, query.id)
  if ('deletedBeforeMs' in query) {
    return connection.all<StoredSweep>(`${select} WHERE deleted_at_ms < ? ORDER BY id`, query.deletedBeforeMs)
  }
  return connection.all<StoredSweep>(
    `${select} WHERE project_id = ?1 AND name = coalesce(?2, name) AND (deleted_at_ms IS NOT NULL) = ?3 ORDER BY id`,
    query.project,
    query.name ?? null,
    Number(query.isTrashed ?? false),
  )
}

/** Within a transaction, as everything that follows. */
export function putSweep(
  connection: Connection,
  write: Extract<SweepWrite, { kind: 'put-sweep' }>,
): { readonly sweep: SweepRow; readonly isCreated: boolean } {
  const { project, name, fields, username, nowMs, mayChange = true, whenState } = write
  const [before] = listSweeps(connection, { project, name })
  if (before !== undefined && !mayChange) {
    throw new StoreError({ code: 'conflict', message: `The project has a sweep "${name}" already.` })
  }
  if (listSweeps(connection, { project, name, isTrashed: true }).length > 0) {
    throw new StoreError({ code: 'conflict', message: `The sweep "${name}" is in the trash of its project.` })
  }
  if (before !== undefined && whenState?.includes(before.state) === false) return { sweep: before, isCreated: false }
  const defined = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const next: SweepRow = { ...(before ?? newSweep), ...defined, projectId: project, name }
  const values = [
    next.displayName,
    next.description,
    next.config,
    next.state,
    next.controller,
    next.scheduler,
    next.launchScheduler,
    JSON.stringify(next.priorRunIds),
  ]
  if (before === undefined) {
    connection.run(
      `INSERT INTO sweep (project_id, name, display_name, description, config, state, controller, scheduler,
         launch_scheduler, prior_run_ids, username, created_at_ms, updated_at_ms)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)`,
      project,
      name,
      ...values,
      username,
      nowMs,
    )
  } else {
    connection.run(
      `UPDATE sweep SET display_name = ?1, description = ?2, config = ?3, state = ?4, controller = ?5, scheduler = ?6,
         launch_scheduler = ?7, prior_run_ids = ?8, updated_at_ms = max(updated_at_ms, ?9) WHERE id = ?10`,
      ...values,
      nowMs,
      before.id,
    )
  }
  return { sweep: listSweeps(connection, { project, name })[0]!, isCreated: before === undefined }
}

export function trashSweep(connection: Connection, sweep: number, nowMs: number): void {
  const found = requireSweep(connection, sweep)
  if (found.deletedAtMs !== undefined) return
  // Also those in the trash: they may come back.
  const runs = connection
    .all<{ id: number }>(
      `SELECT run.id FROM run JOIN project ON project.id = run.project_id
       WHERE (project.id = ?1 OR project.trash_of = ?1) AND run.sweep_id = ?2`,
      found.projectId,
      found.name,
    )
    .map(({ id }) => id)
  for (const run of runs) setSweepOfRun(connection, run, '', nowMs)
  connection.run(
    'UPDATE sweep SET deleted_at_ms = ?1, former_runs = ?2 WHERE id = ?3',
    nowMs,
    JSON.stringify(runs),
    sweep,
  )
}

export function restoreSweep(connection: Connection, sweep: number, nowMs: number): void {
  const found = requireSweep(connection, sweep)
  const runs = connection.all<{ id: number }>(
    `SELECT run.id FROM run JOIN project ON project.id = run.project_id
     WHERE run.id IN (SELECT value FROM json_each((SELECT former_runs FROM sweep WHERE id = ?1)))
       AND (project.id = ?2 OR project.trash_of = ?2) AND run.sweep_id = ''`,
    sweep,
    found.projectId,
  )
  for (const { id } of runs) setSweepOfRun(connection, id, found.name, nowMs)
  connection.run(`UPDATE sweep SET deleted_at_ms = NULL, former_runs = '[]' WHERE id = ?`, sweep)
}

/** @throws {@link StoreError} `not-found` */
export function requireSweep(connection: Connection, sweep: number): SweepRow {
  const [found] = listSweeps(connection, { id: sweep })
  if (found !== undefined) return found
  throw new StoreError({ code: 'not-found', message: `There is no sweep with the id ${sweep}.` })
}

function setSweepOfRun(connection: Connection, run: number, name: string, nowMs: number): void {
  connection.run('UPDATE run SET sweep_id = ? WHERE id = ?', name, run)
  touchRun(connection, run, nowMs)
}

export function deleteSweep(connection: Connection, sweep: number): void {
  deleteAgents(connection, 'sweep = ?', sweep)
  if (connection.run('DELETE FROM sweep WHERE id = ?', sweep) > 0) return
  throw new StoreError({ code: 'not-found', message: `There is no sweep with the id ${sweep}.` })
}

/** Of a project that is removed. */
export function deleteSweepsOf(connection: Connection, project: number): void {
  deleteAgents(connection, 'sweep IN (SELECT id FROM sweep WHERE project_id = ?)', project)
  connection.run('DELETE FROM sweep WHERE project_id = ?', project)
}

function deleteAgents(connection: Connection, condition: string, value: number): void {
  connection.run(`DELETE FROM sweep_agent_run WHERE agent IN (SELECT id FROM sweep_agent WHERE ${condition})`, value)
  connection.run(`DELETE FROM sweep_agent WHERE ${condition}`, value)
}

const newSweep: SweepRow = {
  id: 0,
  projectId: 0,
  name: '',
  displayName: '',
  description: '',
  config: '',
  state: 'pending',
  controller: '',
  scheduler: '',
  launchScheduler: '',
  priorRunIds: [],
  username: '',
  createdAtMs: 0,
  updatedAtMs: 0,
  deletedAtMs: undefined,
}

function toSweep(row: StoredSweep): SweepRow {
  const whole = withWholeTexts(row, Object.keys(texts) as (keyof typeof texts)[])
  return { ...whole, priorRunIds: JSON.parse(row.priorRunIds), deletedAtMs: row.deletedAtMs ?? undefined }
}
