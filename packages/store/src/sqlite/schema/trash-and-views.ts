/**
 * Schema version 7: a trash for runs, views, and definitions of charts. Deleted runs lie in a project of their own, whose entity no one can name, so
 * that no list, count or index of the living has to leave them out.
 */
export const trashAndViewTables: string = `
ALTER TABLE project ADD COLUMN trash_of INTEGER REFERENCES project (id);
CREATE UNIQUE INDEX project_by_trash ON project (trash_of) WHERE trash_of IS NOT NULL;

ALTER TABLE run ADD COLUMN deleted_at_ms REAL;
CREATE INDEX run_by_deletion ON run (deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;

CREATE TABLE spent_run_id (
  project_id INTEGER NOT NULL REFERENCES project (id),
  run_id TEXT NOT NULL,
  PRIMARY KEY (project_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  description TEXT NOT NULL,
  username TEXT NOT NULL,
  spec TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL
) STRICT;
CREATE INDEX view_by_project ON view (project_id, type, name);

CREATE TABLE custom_chart (
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  type TEXT NOT NULL,
  access TEXT NOT NULL,
  spec TEXT NOT NULL,
  username TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL,
  PRIMARY KEY (entity, name)
) STRICT;
`
