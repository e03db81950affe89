/** Schema version 8: which parts of a run's history have been exported; chunks by step, to read a few of many. */
export const historyReading: string = `
CREATE TABLE history_export (
  run INTEGER NOT NULL,
  part INTEGER NOT NULL,
  through_step REAL NOT NULL,
  row_count INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  is_stale INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX chunk_by_step ON chunk (run, stream, key, first_step, last_step);
`
