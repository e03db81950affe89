import { StoreError } from '../errors.ts'
import type { SweepQuery, SweepRow, SweepWrite } from '../sweeps/sweeps.ts'
import type { Connection } from './connection.ts'
import { wholeColumns, withWholeTexts } from './whole-text.ts'

type StoredSweep = Omit<SweepRow, 'priorRunIds'> & { readonly priorRunIds: string }

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
  updated_at_ms AS updatedAtMs, ${wholeColumns('sweep', texts)} FROM sweep`

export function listSweeps(connection: Connection, query: SweepQuery): SweepRow[] {
  const rows =
    'id' in query
      ? connection.all<StoredSweep>(`${select} WHERE id = ?`, query.id)
      : connection.all<StoredSweep>(
          `${select} WHERE project_id = ?1 AND name = coalesce(?2, name) ORDER BY id`,
          query.project,
          query.name ?? null,
        )
  return rows.map(toSweep)
}

/** Within a transaction, as everything that follows. */
export function putSweep(
  connection: Connection,
  write: Extract<SweepWrite, { kind: 'put-sweep' }>,
): { readonly sweep: SweepRow; readonly isCreated: boolean } {
  const { project, name, fields, username, nowMs, mayChange = true } = write
  const [before] = listSweeps(connection, { project, name })
  if (before !== undefined && !mayChange) {
    throw new StoreError({ code: 'conflict', message: `The project has a sweep "${name}" already.` })
  }
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

export function deleteSweep(connection: Connection, sweep: number): void {
  if (connection.run('DELETE FROM sweep WHERE id = ?', sweep) > 0) return
  throw new StoreError({ code: 'not-found', message: `There is no sweep with the id ${sweep}.` })
}

/** Of a project that is removed. */
export function deleteSweepsOf(connection: Connection, project: number): void {
  connection.run('DELETE FROM sweep WHERE project_id = ?', project)
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
}

function toSweep(row: StoredSweep): SweepRow {
  const whole = withWholeTexts(row, Object.keys(texts) as (keyof typeof texts)[])
  return { ...whole, priorRunIds: JSON.parse(row.priorRunIds) }
}
