/**
 * Schema version 15: to which versions the names of a collection have pointed. Versions are told by their index, which stays when
 * they are deleted; null: to none.
 */
export const aliasChangeTable: string = `
CREATE TABLE artifact_alias_change (
  id INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL,
  alias TEXT NOT NULL,
  from_version INTEGER,
  to_version INTEGER,
  at_ms REAL NOT NULL
) STRICT;
CREATE INDEX artifact_alias_change_by_collection ON artifact_alias_change (collection);
`
