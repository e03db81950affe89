/** Schema version 3: artifacts. */
export const artifactTables: string = `
CREATE TABLE artifact_type (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  name TEXT NOT NULL,
  description TEXT,
  created_at_ms REAL NOT NULL,
  UNIQUE (project_id, name)
) STRICT;

CREATE TABLE artifact_collection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  type_id INTEGER NOT NULL REFERENCES artifact_type (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL,
  next_version_index INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project_id, name)
) STRICT;
CREATE INDEX artifact_collection_by_type ON artifact_collection (type_id, name);

CREATE TABLE artifact_collection_tag (
  collection INTEGER NOT NULL REFERENCES artifact_collection (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (collection, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE artifact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  sequence INTEGER NOT NULL,
  state TEXT NOT NULL,
  digest TEXT NOT NULL,
  description TEXT,
  metadata TEXT,
  labels TEXT,
  ttl_seconds INTEGER,
  history_step INTEGER,
  storage_region TEXT,
  distributed_id TEXT,
  created_by_run INTEGER,
  username TEXT NOT NULL,
  requested_aliases TEXT NOT NULL,
  manifest_head TEXT NOT NULL DEFAULT '{}',
  size_bytes INTEGER NOT NULL DEFAULT 0,
  file_count INTEGER NOT NULL DEFAULT 0,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL
) STRICT;
CREATE INDEX artifact_by_digest ON artifact (sequence, digest);
CREATE INDEX artifact_by_state ON artifact (state);
CREATE INDEX artifact_by_creator ON artifact (created_by_run) WHERE created_by_run IS NOT NULL;

CREATE TABLE artifact_membership (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection INTEGER NOT NULL REFERENCES artifact_collection (id),
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  version_index INTEGER NOT NULL,
  created_at_ms REAL NOT NULL,
  UNIQUE (collection, version_index),
  UNIQUE (artifact, collection)
) STRICT;

CREATE TABLE artifact_alias (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection INTEGER NOT NULL REFERENCES artifact_collection (id),
  alias TEXT NOT NULL,
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  UNIQUE (collection, alias)
) STRICT;
CREATE INDEX artifact_alias_by_artifact ON artifact_alias (artifact);

CREATE TABLE artifact_tag (
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (artifact, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE artifact_client_id (
  client_id TEXT PRIMARY KEY,
  artifact INTEGER,
  collection INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX artifact_client_id_by_artifact ON artifact_client_id (artifact) WHERE artifact IS NOT NULL;
CREATE INDEX artifact_client_id_by_collection ON artifact_client_id (collection) WHERE collection IS NOT NULL;

CREATE TABLE artifact_manifest (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  base_artifact INTEGER,
  sha256 TEXT,
  size_bytes INTEGER
) STRICT;
CREATE INDEX artifact_manifest_by_artifact ON artifact_manifest (artifact);
CREATE INDEX artifact_manifest_by_content ON artifact_manifest (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE artifact_blob (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  md5 TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  birth_artifact INTEGER NOT NULL,
  UNIQUE (project_id, md5)
) STRICT;
CREATE INDEX artifact_blob_by_md5 ON artifact_blob (md5);
CREATE INDEX artifact_blob_by_content ON artifact_blob (sha256);

CREATE TABLE artifact_claim (
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  md5 TEXT NOT NULL,
  PRIMARY KEY (artifact, md5)
) STRICT, WITHOUT ROWID;

CREATE TABLE artifact_entry (
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  path TEXT NOT NULL,
  digest TEXT NOT NULL,
  size_bytes INTEGER,
  ref TEXT,
  birth_artifact INTEGER,
  extra TEXT,
  blob INTEGER,
  PRIMARY KEY (artifact, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX artifact_entry_by_blob ON artifact_entry (blob) WHERE blob IS NOT NULL;

CREATE TABLE artifact_usage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL,
  direction TEXT NOT NULL,
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  used_as TEXT,
  UNIQUE (run, direction, artifact)
) STRICT;
CREATE INDEX artifact_usage_by_artifact ON artifact_usage (artifact, direction);
`
