/** Schema version 17: a trash for sweeps. `former_runs`: storage ids of the runs that a deleted one had, to be given back. */
export const trashedSweeps: string = `
ALTER TABLE sweep ADD COLUMN deleted_at_ms REAL;
ALTER TABLE sweep ADD COLUMN former_runs TEXT NOT NULL DEFAULT '[]';
`
