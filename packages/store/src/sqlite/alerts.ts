import type { AlertRow, PutAlertWrite } from '../store.ts'
import type { Connection } from './connection.ts'
import { requireRun, touchRun } from './run-writer.ts'

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

export function listAlerts(connection: Connection, query: { run?: number; limit: number }): AlertRow[] {
  const columns = 'SELECT id, run, created_at_ms AS createdAtMs, level, title, text FROM alert'
  if (query.run === undefined) return connection.all<AlertRow>(`${columns} ORDER BY id DESC LIMIT ?`, query.limit)
  return connection.all<AlertRow>(`${columns} WHERE run = ? ORDER BY id DESC LIMIT ?`, query.run, query.limit)
}
