import { type ViewRevisionRow, viewRevisionCountMax, type WholeViewRevisionRow } from '../views/views.ts'
import type { Connection } from './connection.ts'
import { fromWholeText, wholeColumn, wholeColumns, withWholeTexts } from './whole-text.ts'

const texts = { displayName: 'display_name', description: 'description', username: 'username' }
const columns = `number, begun_at_ms AS begunAtMs, saved_at_ms AS savedAtMs, ${wholeColumns('view_revision', texts)}`

/** Newest first. */
export function listViewRevisions(connection: Connection, view: number): ViewRevisionRow[] {
  const rows = connection.all<ViewRevisionRow>(
    `SELECT ${columns} FROM view_revision WHERE view = ? ORDER BY number DESC`,
    view,
  )
  return rows.map((row) => withWholeTexts(row, ['displayName', 'description', 'username']))
}

export function findViewRevision(
  connection: Connection,
  { view, number }: { readonly view: number; readonly number: number },
): WholeViewRevisionRow | undefined {
  const row = connection.get<WholeViewRevisionRow>(
    `SELECT ${columns}, ${wholeColumn('spec')} FROM view_revision WHERE view = ? AND number = ?`,
    view,
    number,
  )
  return row && withWholeTexts(row, ['displayName', 'description', 'username', 'spec'])
}

/** Keeps what a view is now, as a revision of its own or as a part of the newest one, and drops the oldest. In a transaction. */
export function noteRevision(
  connection: Connection,
  revision: {
    readonly view: number
    readonly number: number
    readonly displayName: string
    readonly description: string
    readonly spec: string
    readonly username: string
    readonly nowMs: number
    readonly joinsSinceMs?: number | undefined
  },
): void {
  const { view, number, displayName, description, spec, username, nowMs, joinsSinceMs } = revision
  const joined = connection.get<{ begunAtMs: number }>(
    `DELETE FROM view_revision WHERE view = ? AND number = ? AND username = ? AND begun_at_ms >= ?
     RETURNING begun_at_ms AS begunAtMs`,
    view,
    number - 1,
    username,
    joinsSinceMs ?? Number.POSITIVE_INFINITY,
  )
  connection.run(
    `INSERT INTO view_revision (view, number, display_name, description, spec, username, begun_at_ms, saved_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    view,
    number,
    displayName,
    description,
    spec,
    username,
    joined?.begunAtMs ?? nowMs,
    nowMs,
  )
  connection.run(
    `DELETE FROM view_revision WHERE view = ?1 AND number <= (
       SELECT number FROM view_revision WHERE view = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)`,
    view,
    viewRevisionCountMax,
  )
}

/** Within a transaction. What is there already stays. */
export function putViewState(connection: Connection, hash: string, state: string, nowMs: number): void {
  connection.run(
    'INSERT INTO view_state (hash, state, created_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    hash,
    state,
    nowMs,
  )
}

export function findViewState(connection: Connection, hash: string): string | undefined {
  const select = `SELECT ${wholeColumn('state')} FROM view_state WHERE hash = ?`
  const found = connection.get<{ state: unknown }>(select, hash)
  return found && fromWholeText(found.state)
}
