import type { Connection } from './connection.ts'

/** Within a transaction. */
export function acquireLease(
  connection: Connection,
  lease: { readonly name: string; readonly owner: string; readonly untilMs: number; readonly nowMs: number },
): boolean {
  const changedCount = connection.run(
    `INSERT INTO lease (name, owner, until_ms) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms
       WHERE owner = excluded.owner OR until_ms <= ?`,
    lease.name,
    lease.owner,
    lease.untilMs,
    lease.nowMs,
  )
  return changedCount > 0
}

/** Another owner's lease stays. */
export function releaseLease(connection: Connection, lease: { readonly name: string; readonly owner: string }): void {
  connection.run('DELETE FROM lease WHERE name = ? AND owner = ?', lease.name, lease.owner)
}
