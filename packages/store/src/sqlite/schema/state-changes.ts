/** Schema version 11: how runs came to their states. Of runs that were there before, only the last change is known. */
export const stateChangeTable: string = `
CREATE TABLE run_state_change (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  at_ms REAL NOT NULL,
  state TEXT NOT NULL,
  cause TEXT NOT NULL
) STRICT;
CREATE INDEX run_state_change_by_run ON run_state_change (run);
INSERT INTO run_state_change (run, at_ms, state, cause)
  SELECT id, coalesce(finished_at_ms, created_at_ms), state, state_cause FROM run;
`
