/** Schema version 18: links that let whoever has them look at something. */
export const shareLinkTable: string = `
CREATE TABLE share_link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL,
  target INTEGER NOT NULL,
  path TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE,
  username TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  expires_at_ms REAL,
  used_at_ms REAL
) STRICT;
CREATE INDEX share_link_by_project ON share_link (project_id);
`
