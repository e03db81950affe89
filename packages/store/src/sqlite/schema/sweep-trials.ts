/** Schema version 26: what the search of a sweep noted of runs. */
export const sweepTrialTable: string = `
CREATE TABLE sweep_trial (
  run INTEGER PRIMARY KEY REFERENCES run (id),
  suggestion TEXT,
  early_stop TEXT
) STRICT;
`
