/** Schema version 19: the creation numbers that runs had in projects which they were moved out of. */
export const formerNumbers: string = `
CREATE TABLE former_number (
  run INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (run, project_id)
) STRICT, WITHOUT ROWID;
`
