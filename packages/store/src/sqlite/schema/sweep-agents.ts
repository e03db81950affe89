/** Schema version 24: programs that ask a sweep for runs, and the runs that each was seen with or was given. */
export const sweepAgentTables: string = `
CREATE TABLE sweep_agent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sweep INTEGER NOT NULL REFERENCES sweep (id),
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  username TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  heartbeat_at_ms REAL NOT NULL,
  UNIQUE (sweep, name)
) STRICT;
CREATE TABLE sweep_agent_run (
  agent INTEGER NOT NULL REFERENCES sweep_agent (id),
  run_id TEXT NOT NULL,
  is_live INTEGER NOT NULL,
  offer_count INTEGER NOT NULL,
  PRIMARY KEY (agent, run_id)
) STRICT, WITHOUT ROWID;
`
