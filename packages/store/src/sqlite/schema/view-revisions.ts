/** Schema version 12: what views were before, and states of pages that are too long for an address. */
export const viewRevisionTables: string = `
ALTER TABLE view ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE TABLE view_revision (
  view INTEGER NOT NULL REFERENCES view (id),
  number INTEGER NOT NULL,
  display_name TEXT NOT NULL,
  description TEXT NOT NULL,
  spec TEXT NOT NULL,
  username TEXT NOT NULL,
  begun_at_ms REAL NOT NULL,
  saved_at_ms REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX view_revision_by_number ON view_revision (view, number);
INSERT INTO view_revision (view, number, display_name, description, spec, username, begun_at_ms, saved_at_ms)
  SELECT id, 1, display_name, description, spec, username, updated_at_ms, updated_at_ms FROM view;

CREATE TABLE view_state (
  hash TEXT PRIMARY KEY NOT NULL,
  state TEXT NOT NULL,
  created_at_ms REAL NOT NULL
) STRICT;
`
