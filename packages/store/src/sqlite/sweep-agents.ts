import { StoreError } from '../errors.ts'
import type { SweepAgentQuery, SweepAgentRow, SweepAgentRun, SweepAgentWrite } from '../sweeps/sweep-agents.ts'
import type { Connection } from './connection.ts'
import { requireSweep } from './sweeps.ts'
import { wholeColumn, wholeColumns, withWholeTexts } from './whole-text.ts'

const texts = { name: 'name', host: 'host', username: 'username' }
const select = `SELECT id, sweep, created_at_ms AS createdAtMs, heartbeat_at_ms AS heartbeatAtMs,
  ${wholeColumns('sweep_agent', texts)} FROM sweep_agent`

export function listSweepAgents(connection: Connection, query: SweepAgentQuery): SweepAgentRow[] {
  const rows =
    'id' in query
      ? connection.all<StoredAgent>(`${select} WHERE id = ?`, query.id)
      : connection.all<StoredAgent>(
          `${select} WHERE sweep = ?1 AND name = coalesce(?2, name) ORDER BY id`,
          query.sweep,
          query.name ?? null,
        )
  return rows.map((row) => ({
    ...withWholeTexts(row, Object.keys(texts) as (keyof typeof texts)[]),
    runs: runsOf(connection, row.id),
  }))
}

/** Within a transaction, as everything that follows. */
export function putSweepAgent(
  connection: Connection,
  write: Extract<SweepAgentWrite, { kind: 'put-sweep-agent' }>,
): { readonly agent: SweepAgentRow } {
  const { sweep, name, host, username, nowMs } = write
  requireSweep(connection, sweep)
  connection.run(
    `INSERT INTO sweep_agent (sweep, name, host, username, created_at_ms, heartbeat_at_ms)
     VALUES (?1, ?2, ?3, ?4, ?5, ?5)`,
    sweep,
    name,
    host,
    username,
    nowMs,
  )
  return { agent: listSweepAgents(connection, { sweep, name })[0]! }
}

export function hearSweepAgent(
  connection: Connection,
  { agent, runIds, nowMs }: Extract<SweepAgentWrite, { kind: 'hear-sweep-agent' }>,
): { readonly agent: SweepAgentRow } {
  requireAgent(connection, agent)
  connection.run('UPDATE sweep_agent SET heartbeat_at_ms = max(heartbeat_at_ms, ?1) WHERE id = ?2', nowMs, agent)
  connection.run('UPDATE sweep_agent_run SET is_live = 0 WHERE agent = ?', agent)
  for (const runId of runIds) {
    connection.run(
      `INSERT INTO sweep_agent_run (agent, run_id, is_live, offer_count) VALUES (?1, ?2, 1, 0)
       ON CONFLICT (agent, run_id) DO UPDATE SET is_live = 1`,
      agent,
      runId,
    )
  }
  return { agent: listSweepAgents(connection, { id: agent })[0]! }
}

export function offerSweepRun(
  connection: Connection,
  { agent, runId, offerCount }: Extract<SweepAgentWrite, { kind: 'offer-sweep-run' }>,
): void {
  requireAgent(connection, agent)
  connection.run(
    `UPDATE sweep_agent_run SET offer_count = 0 WHERE run_id = ?2 AND agent IN
       (SELECT id FROM sweep_agent WHERE sweep = (SELECT sweep FROM sweep_agent WHERE id = ?1))`,
    agent,
    runId,
  )
  connection.run(
    `INSERT INTO sweep_agent_run (agent, run_id, is_live, offer_count) VALUES (?1, ?2, 0, ?3)
     ON CONFLICT (agent, run_id) DO UPDATE SET offer_count = ?3`,
    agent,
    runId,
    offerCount,
  )
}

type StoredAgent = Omit<SweepAgentRow, 'runs'>

function runsOf(connection: Connection, agent: number): SweepAgentRun[] {
  return connection
    .all<{ readonly runId: string; readonly isLive: number; readonly offerCount: number }>(
      `SELECT ${wholeColumn('run_id', 'runId')}, is_live AS isLive, offer_count AS offerCount
       FROM sweep_agent_run WHERE agent = ? ORDER BY run_id`,
      agent,
    )
    .map((row) => ({ ...withWholeTexts(row, ['runId']), isLive: row.isLive === 1 }))
}

function requireAgent(connection: Connection, agent: number): void {
  if (connection.get('SELECT 1 FROM sweep_agent WHERE id = ?', agent) !== undefined) return
  throw new StoreError({ code: 'not-found', message: `There is no agent with the id ${agent}.` })
}
