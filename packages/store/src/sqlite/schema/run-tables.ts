/** Schema version 1: projects, runs, their history and console, leases. */
export const runTables: string = `
CREATE TABLE project (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL,
  last_run_number INTEGER NOT NULL DEFAULT 0,
  UNIQUE (entity, name)
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  run_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  history_revision INTEGER NOT NULL DEFAULT 0,
  history_line_count INTEGER NOT NULL DEFAULT 0,
  events_line_count INTEGER NOT NULL DEFAULT 0,
  log_line_count INTEGER NOT NULL DEFAULT 0,
  last_step REAL,
  state TEXT NOT NULL,
  state_cause TEXT NOT NULL,
  exit_code INTEGER,
  is_stop_requested INTEGER NOT NULL,
  heartbeat_at_ms REAL NOT NULL,
  finished_at_ms REAL,
  display_name TEXT NOT NULL,
  notes TEXT NOT NULL,
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  run_group TEXT NOT NULL,
  job_type TEXT NOT NULL,
  sweep_id TEXT NOT NULL,
  host TEXT NOT NULL,
  program TEXT NOT NULL,
  git_commit TEXT NOT NULL,
  repo TEXT NOT NULL,
  username TEXT NOT NULL,
  config TEXT NOT NULL,
  summary TEXT NOT NULL,
  UNIQUE (project_id, run_id)
) STRICT;
CREATE INDEX run_by_number ON run (project_id, number);
CREATE INDEX run_by_state ON run (project_id, state);

CREATE TABLE key (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES project (id),
  name TEXT NOT NULL,
  UNIQUE (project_id, name)
) STRICT;

CREATE TABLE run_key (
  run INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  key INTEGER NOT NULL,
  number_count INTEGER NOT NULL,
  other_count INTEGER NOT NULL,
  PRIMARY KEY (run, stream, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE tail (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  line_offset INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  payload BLOB NOT NULL,
  UNIQUE (run, stream, line_offset)
) STRICT;

CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  key INTEGER NOT NULL,
  first_step REAL NOT NULL,
  last_step REAL NOT NULL,
  point_count INTEGER NOT NULL,
  finite_count INTEGER NOT NULL,
  line_end INTEGER NOT NULL,
  first REAL,
  min REAL,
  max REAL,
  last REAL,
  sum REAL,
  stride REAL,
  value_form INTEGER NOT NULL,
  steps BLOB,
  points BLOB NOT NULL
) STRICT;
CREATE INDEX chunk_by_key ON chunk (run, stream, key);

CREATE TABLE rollup (
  chunk INTEGER PRIMARY KEY REFERENCES chunk (id),
  figures BLOB NOT NULL
) STRICT;

CREATE TABLE row (
  run INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  key INTEGER NOT NULL,
  step REAL NOT NULL,
  line INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run, stream, key, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  until_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;
`
