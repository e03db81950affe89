/** Schema version 14: sweeps. Runs name theirs by its name; a sweep need not be there for that. */
export const sweepTable: string = `
CREATE TABLE sweep (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  description TEXT NOT NULL,
  config TEXT NOT NULL,
  state TEXT NOT NULL,
  controller TEXT NOT NULL,
  scheduler TEXT NOT NULL,
  launch_scheduler TEXT NOT NULL,
  prior_run_ids TEXT NOT NULL,
  username TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL,
  UNIQUE (project_id, name)
) STRICT;
`
