import { StoreError } from '../errors.ts'
import type { ViewQuery, ViewRow, ViewWrite } from '../views/views.ts'
import type { Connection } from './connection.ts'

const selectView = `
  SELECT id, project_id AS projectId, type, name, display_name AS displayName, description, username, spec,
    created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs
  FROM view`

export function listViews(connection: Connection, { project, type, name, username }: ViewQuery): ViewRow[] {
  return connection.all<ViewRow>(
    `${selectView} WHERE project_id = ?1 AND type = coalesce(?2, type) AND name = coalesce(?3, name)
       AND username = coalesce(?4, username) ORDER BY id`,
    project,
    type ?? null,
    name ?? null,
    username ?? null,
  )
}

export function findView(connection: Connection, view: number): ViewRow | undefined {
  return connection.get<ViewRow>(`${selectView} WHERE id = ?`, view)
}

/** Within a transaction. */
export function putView(
  connection: Connection,
  { project, view, fields, username, nowMs }: Extract<ViewWrite, { kind: 'put-view' }>,
): { readonly view: ViewRow } {
  const { type, name, displayName, description, spec } = fields
  const values = [type ?? null, name ?? null, displayName ?? null, description ?? null, spec ?? null] as const
  if (view === undefined) {
    const { id } = connection.get<{ id: number }>(
      `INSERT INTO view (project_id, type, name, display_name, description, spec, username, created_at_ms, updated_at_ms)
       VALUES (?1, coalesce(?2, ''), coalesce(?3, ''), coalesce(?4, ''), coalesce(?5, ''), coalesce(?6, ''), ?7, ?8, ?8)
       RETURNING id`,
      project,
      ...values,
      username,
      nowMs,
    )!
    return { view: findView(connection, id)! }
  }
  const changedCount = connection.run(
    `UPDATE view SET type = coalesce(?, type), name = coalesce(?, name), display_name = coalesce(?, display_name),
       description = coalesce(?, description), spec = coalesce(?, spec), updated_at_ms = max(updated_at_ms, ?)
     WHERE id = ? AND project_id = ?`,
    ...values,
    nowMs,
    view,
    project,
  )
  if (changedCount === 0) throw noView(view)
  return { view: findView(connection, view)! }
}

/** Within a transaction. */
export function deleteView(connection: Connection, view: number): void {
  if (connection.run('DELETE FROM view WHERE id = ?', view) === 0) throw noView(view)
}

function noView(view: number): StoreError {
  return new StoreError({ code: 'not-found', message: `There is no view with the id ${view} in this project.` })
}
