import type { AlertRow, PutAlertWrite } from '../store.ts'
import type { Connection } from './connection.ts'
import { requireRun, touchRun } from './run-writer.ts'
import { wholeColumn, withWholeTexts } from './whole-text.ts'

/** Within a transaction. */
export function putAlert(connection: Connection, write: PutAlertWrite): { isKept: boolean } {
  requireRun(connection, write.run)
  const recent = connection.get(
    'SELECT 1 FROM alert WHERE run = ? AND title = ? AND created_at_ms > ?',
    write.run,
    write.title,
    write.nowMs - write.quietMs,
  )
  if (recent !== undefined) return { isKept: false }
  connection.run(
    'INSERT INTO alert (run, created_at_ms, level, title, text) VALUES (?, ?, ?, ?, ?)',
    write.run,
    write.nowMs,
    write.level,
    write.title,
    write.text,
  )
  touchRun(connection, write.run, write.nowMs)
  return { isKept: true }
}

export function countAlerts(connection: Connection, run: number): number {
  return connection.get<{ count: number }>('SELECT count(*) AS count FROM alert WHERE run = ?', run)!.count
}

export function listAlerts(connection: Connection, query: { run?: number; limit: number }): AlertRow[] {
  const columns = `SELECT id, run, created_at_ms AS createdAtMs, level, ${wholeColumn('title')}, ${wholeColumn('text')} FROM alert`
  const rows =
    query.run === undefined
      ? connection.all<AlertRow>(`${columns} ORDER BY id DESC LIMIT ?`, query.limit)
      : connection.all<AlertRow>(`${columns} WHERE run = ? ORDER BY id DESC LIMIT ?`, query.run, query.limit)
  return rows.map((row) => withWholeTexts(row, ['title', 'text']))
}
