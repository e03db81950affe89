import type { HistoryExportRow, PutHistoryExportWrite } from '../store.ts'
import type { Connection } from './connection.ts'
import { requireRun } from './run-writer.ts'

/** Within a transaction. */
export function putHistoryExport(connection: Connection, write: PutHistoryExportWrite): { isKept: boolean } {
  requireRun(connection, write.run)
  const keptCount = connection.run(
    `INSERT INTO history_export (run, part, through_step, row_count, sha256, size_bytes)
     SELECT id, ?, ?, ?, ?, ? FROM run WHERE id = ? AND history_revision = ?
     ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes`,
    write.part,
    write.throughStep,
    write.rowCount,
    write.sha256,
    write.sizeBytes,
    write.run,
    write.historyRevision,
  )
  return { isKept: keptCount > 0 }
}

/** Notes that rows have come at a step and maybe after it. Within a transaction. */
export function outdateExportsFrom(connection: Connection, run: number, step: number): void {
  connection.run('UPDATE history_export SET is_stale = 1 WHERE run = ? AND through_step >= ?', run, step)
}

/** Notes that rows after a step are gone. Within a transaction. */
export function outdateExportsAfter(connection: Connection, run: number, step: number): void {
  connection.run('UPDATE history_export SET is_stale = 1 WHERE run = ? AND through_step > ?', run, step)
}

export function listHistoryExports(connection: Connection, run: number): HistoryExportRow[] {
  const found = connection.all<Omit<HistoryExportRow, 'isStale'> & { isStale: number }>(
    `SELECT part, through_step AS throughStep, row_count AS rowCount, sha256, size_bytes AS sizeBytes, is_stale AS isStale
     FROM history_export WHERE run = ? ORDER BY part`,
    run,
  )
  return found.map((row) => ({ ...row, isStale: row.isStale === 1 }))
}
