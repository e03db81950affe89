/** Accounts, their keys, and who belongs to which team; who may see a project. */
export const accountTables: string = `
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  email TEXT NOT NULL,
  is_admin INTEGER NOT NULL,
  created_at_ms REAL NOT NULL
) STRICT;

CREATE TABLE api_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id),
  digest BLOB NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at_ms REAL NOT NULL
) STRICT;
CREATE INDEX api_key_by_account ON api_key (account);

CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  team INTEGER NOT NULL REFERENCES account (id),
  user INTEGER NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  UNIQUE (team, user)
) STRICT;
CREATE INDEX member_by_user ON member (user);

CREATE TABLE invite (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  team INTEGER NOT NULL REFERENCES account (id),
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  UNIQUE (team, email)
) STRICT;

ALTER TABLE project ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN access TEXT NOT NULL DEFAULT 'private';
`
