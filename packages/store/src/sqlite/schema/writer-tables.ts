/** Schema version 2: several writers of one run, alerts. */
export const writerTables: string = `
CREATE TABLE writer (
  run INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  name TEXT NOT NULL,
  line_count INTEGER NOT NULL,
  PRIMARY KEY (run, stream, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE line_range (
  run INTEGER NOT NULL,
  writer TEXT NOT NULL,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (run, writer, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL,
  created_at_ms REAL NOT NULL,
  level TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX alert_by_run ON alert (run, id);
`
