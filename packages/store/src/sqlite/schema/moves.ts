/**
 * Schema version 9: runs and projects get other addresses, projects can be deleted, notes can be searched. `run` of an address
 * that a run had before is null once the run was removed for good.
 */
export const moveTables: string = `
CREATE TABLE former_address (
  entity TEXT NOT NULL,
  project TEXT NOT NULL,
  run_id TEXT NOT NULL,
  run INTEGER,
  PRIMARY KEY (entity, project, run_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE project ADD COLUMN removed_at_ms REAL;
CREATE INDEX run_by_notes ON run (project_id, notes) WHERE notes <> '';
`
