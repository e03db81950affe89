/** Schema version 16: projects that hold the sample. Null: another project; 0: not all of it is there yet; else since when it is. */
export const sampleProjects: string = `
ALTER TABLE project ADD COLUMN sample_loaded_at_ms REAL;
`
