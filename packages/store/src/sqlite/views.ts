import { StoreError } from '../errors.ts'
import type { ViewQuery, ViewRow, ViewWrite } from '../views/views.ts'
import type { Connection } from './connection.ts'
import { noteRevision } from './view-revisions.ts'
import { wholeColumn, wholeColumns, withWholeTexts } from './whole-text.ts'

const selectView = `
  SELECT id, project_id AS projectId, created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs, revision,
    ${wholeColumns('view', {
      type: 'type',
      name: 'name',
      displayName: 'display_name',
      description: 'description',
      username: 'username',
      spec: 'spec',
    })}, ${wholeColumn('newest.username', 'savedBy')}
  FROM view JOIN view_revision AS newest ON newest.view = view.id AND newest.number = view.revision`

function withTexts(row: ViewRow): ViewRow {
  return withWholeTexts(row, ['type', 'name', 'displayName', 'description', 'username', 'spec', 'savedBy'])
}

export function listViews(connection: Connection, { project, type, name, username }: ViewQuery): ViewRow[] {
  const rows = connection.all<ViewRow>(
    `${selectView} WHERE project_id = ?1 AND type = coalesce(?2, type) AND name = coalesce(?3, name)
       AND view.username = coalesce(?4, view.username) ORDER BY id`,
    project,
    type ?? null,
    name ?? null,
    username ?? null,
  )
  return rows.map(withTexts)
}

export function findView(connection: Connection, view: number): ViewRow | undefined {
  const row = connection.get<ViewRow>(`${selectView} WHERE id = ?`, view)
  return row && withTexts(row)
}

/** Within a transaction. */
export function putView(
  connection: Connection,
  write: Extract<ViewWrite, { kind: 'put-view' }>,
): { readonly view: ViewRow } {
  const id = write.view === undefined ? createView(connection, write) : changeView(connection, write.view, write)
  return { view: findView(connection, id)! }
}

function createView(
  connection: Connection,
  { project, fields, username, nowMs, isNameUnique = false }: Extract<ViewWrite, { kind: 'put-view' }>,
): number {
  const { type = '', name = '', displayName = '', description = '', spec = '' } = fields
  if (isNameUnique && listViews(connection, { project, type, name }).length > 0) {
    throw new StoreError({ code: 'conflict', message: `The project has a view "${name}" already.` })
  }
  const { id } = connection.get<{ id: number }>(
    `INSERT INTO view (project_id, type, name, display_name, description, spec, username, created_at_ms, updated_at_ms)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8) RETURNING id`,
    project,
    type,
    name,
    displayName,
    description,
    spec,
    username,
    nowMs,
  )!
  noteRevision(connection, { view: id, number: 1, displayName, description, spec, username, nowMs })
  return id
}

function changeView(connection: Connection, id: number, write: Extract<ViewWrite, { kind: 'put-view' }>): number {
  const { project, fields, username, nowMs, expectedRevision, joinsSinceMs } = write
  const before = findView(connection, id)
  if (before?.projectId !== project) throw noView(id)
  if (expectedRevision !== undefined && expectedRevision !== before.revision) {
    throw new StoreError({
      code: 'conflict',
      message: `${before.savedBy || 'Somebody'} has saved this view meanwhile: it has revision ${before.revision}, not ${expectedRevision}.`,
      hint: 'Load the newer one, or save yours as a copy.',
    })
  }
  const defined = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const { type, name, displayName, description, spec }: ViewRow = { ...before, ...defined }
  const isChanged = displayName !== before.displayName || description !== before.description || spec !== before.spec
  const number = before.revision + Number(isChanged)
  connection.run(
    `UPDATE view SET type = ?, name = ?, display_name = ?, description = ?, spec = ?, revision = ?,
       updated_at_ms = max(updated_at_ms, ?)
     WHERE id = ?`,
    type,
    name,
    displayName,
    description,
    spec,
    number,
    nowMs,
    id,
  )
  if (isChanged) {
    noteRevision(connection, { view: id, number, displayName, description, spec, username, nowMs, joinsSinceMs })
  }
  return id
}

/** Within a transaction. */
export function deleteView(connection: Connection, view: number): void {
  connection.run('DELETE FROM view_revision WHERE view = ?', view)
  if (connection.run('DELETE FROM view WHERE id = ?', view) === 0) throw noView(view)
}

/** Of a project that is removed, within a transaction. */
export function deleteViewsOf(connection: Connection, project: number): void {
  connection.run('DELETE FROM view_revision WHERE view IN (SELECT id FROM view WHERE project_id = ?)', project)
  connection.run('DELETE FROM view WHERE project_id = ?', project)
}

function noView(view: number): StoreError {
  return new StoreError({ code: 'not-found', message: `There is no view with the id ${view} in this project.` })
}
