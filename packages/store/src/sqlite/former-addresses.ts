import type { RunAddress } from '../store.ts'
import type { Connection } from './connection.ts'

/** The run that had an address before it got another one: undefined if none had; `run` is null for one that is gone. */
export function findFormer(
  connection: Connection,
  { entity, project, runId }: RunAddress,
): { readonly run: number | null } | undefined {
  return connection.get(
    'SELECT run FROM former_address WHERE entity = ? AND project = ? AND run_id = ?',
    entity,
    project,
    runId,
  )
}

/** Notes that a run is at an address no more, and at another one now. Within a transaction. */
export function changeAddress(connection: Connection, run: number, before: RunAddress, now: RunAddress): void {
  connection.run(
    `INSERT INTO former_address (entity, project, run_id, run) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET run = excluded.run`,
    before.entity,
    before.project,
    before.runId,
    run,
  )
  connection.run(
    'DELETE FROM former_address WHERE entity = ? AND project = ? AND run_id = ?',
    now.entity,
    now.project,
    now.runId,
  )
}

/** The same for all runs of a project that gets another name, deleted ones included. Within a transaction. */
export function changeAddresses(
  connection: Connection,
  project: { readonly id: number; readonly entity: string; readonly name: string },
  name: string,
): void {
  const ofProject = 'project_id = ?2 OR project_id = (SELECT id FROM project WHERE trash_of = ?2)'
  connection.run(
    `INSERT INTO former_address (entity, project, run_id, run)
       SELECT ?1, ?3, run_id, id FROM run WHERE ${ofProject}
       UNION ALL SELECT ?1, ?3, run_id, NULL FROM spent_run_id WHERE project_id = ?2
     ON CONFLICT DO UPDATE SET run = excluded.run`,
    project.entity,
    project.id,
    project.name,
  )
  connection.run(
    `DELETE FROM former_address WHERE entity = ?1 AND project = ?3 AND run_id IN (SELECT run_id FROM run WHERE ${ofProject})`,
    project.entity,
    project.id,
    name,
  )
}
