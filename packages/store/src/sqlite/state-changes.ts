import type { StateChangeRow } from '../store.ts'
import type { Connection } from './connection.ts'
import type { RunRecord } from './run-records.ts'
import { wholeColumn, withWholeTexts } from './whole-text.ts'

/** Notes a state that a run has come to. Within a transaction. */
export function noteStateChange(
  connection: Connection,
  before: RunRecord | undefined,
  now: RunRecord,
  nowMs: number,
): void {
  if (before?.state === now.state) return
  connection.run(
    'INSERT INTO run_state_change (run, at_ms, state, cause) VALUES (?, ?, ?, ?)',
    now.id,
    now.finished_at_ms ?? nowMs,
    now.state,
    now.state_cause,
  )
}

export function listStateChanges(connection: Connection, run: number): StateChangeRow[] {
  const rows = connection.all<StateChangeRow>(
    `SELECT at_ms AS atMs, state, ${wholeColumn('cause')} FROM run_state_change WHERE run = ? ORDER BY id`,
    run,
  )
  return rows.map((row) => withWholeTexts(row, ['cause']))
}
