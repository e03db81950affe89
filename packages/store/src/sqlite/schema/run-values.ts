import type { Connection } from '../connection.ts'
import { createKeyDictionary } from '../key-dictionary.ts'
import { indexValues } from '../values/value-index.ts'

/** Schema version 6: runs can be found and put in order by their fields and by the values of config and summary. */
export const runValueTables: string = `
CREATE TABLE run_value (
  source INTEGER NOT NULL,
  run INTEGER NOT NULL,
  key INTEGER NOT NULL,
  value ANY,
  PRIMARY KEY (source, run, key)
) STRICT, WITHOUT ROWID;
DROP INDEX run_by_number;
CREATE INDEX run_by_number ON run (project_id, number, run_id, display_name, state, created_at_ms, heartbeat_at_ms,
  updated_at_ms, run_group, job_type, host, username, sweep_id, tags);
DROP INDEX run_by_state;
CREATE INDEX run_by_state ON run (state, project_id);
`

/** Puts into the tables of version 6 what configs and summaries hold. */
export function fillRunValues(connection: Connection): void {
  const keys = createKeyDictionary(connection)
  const readNext = (id: number): StoredRun | undefined =>
    connection.get('SELECT id, project_id AS projectId, config, summary FROM run WHERE id > ? ORDER BY id LIMIT 1', id)
  for (let run = readNext(0); run !== undefined; run = readNext(run.id)) {
    const { id, projectId, config, summary } = run
    indexValues(connection, keys, { run: id, projectId, source: 'config', before: '{}', after: config })
    indexValues(connection, keys, { run: id, projectId, source: 'summary', before: '{}', after: summary })
  }
}

interface StoredRun {
  readonly id: number
  readonly projectId: number
  readonly config: string
  readonly summary: string
}
