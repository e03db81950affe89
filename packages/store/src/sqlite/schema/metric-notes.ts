/** Schema version 22: what people say of metrics of a project. NULL: nothing, so that what runs say holds. */
export const metricNotes: string = `
CREATE TABLE metric_note (
  project_id INTEGER NOT NULL REFERENCES project (id),
  metric TEXT NOT NULL,
  description TEXT,
  unit TEXT,
  goal TEXT,
  username TEXT NOT NULL,
  updated_at_ms REAL NOT NULL,
  PRIMARY KEY (project_id, metric)
) STRICT, WITHOUT ROWID;
`
