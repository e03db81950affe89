import type { RunRow, StateChangeRow } from '../store.ts'
import type { Connection } from './connection.ts'
import { wholeColumn, withWholeTexts } from './whole-text.ts'

/** Notes the state that a run has come to. Within a transaction. */
export function noteState(connection: Connection, run: RunRow, nowMs: number): void {
  connection.run(
    'INSERT INTO run_state_change (run, at_ms, state, cause, last_step) VALUES (?, ?, ?, ?, ?)',
    run.id,
    run.finishedAtMs ?? nowMs,
    run.state,
    run.stateCause,
    run.lastStep ?? -1,
  )
}

export function listStateChanges(connection: Connection, run: number): StateChangeRow[] {
  const rows = connection.all<StateChangeRow>(
    `SELECT at_ms AS atMs, state, ${wholeColumn('cause')}, last_step AS lastStep FROM run_state_change WHERE run = ? ORDER BY id`,
    run,
  )
  return rows.map((row) => withWholeTexts(row, ['cause']))
}
