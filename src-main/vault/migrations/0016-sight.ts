/** What commits had seen, where they learned something; and the objections that came to a signed revision too late. */
export const sightTables: readonly string[] = [
  `CREATE TABLE sight (
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    -- Commits seen of each other log: JSON object from log to number.
    seen TEXT NOT NULL,
    PRIMARY KEY (log, seq)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX void_step_late ON void_step (record, leaf) WHERE code = 'review/late-objection'`,
  // Steps of an older version do not say what they had seen: all is derived anew when the vault is next opened.
  `INSERT INTO authority_reading (only, digest) SELECT 1, 'derive anew' WHERE EXISTS (SELECT 1 FROM step)
     ON CONFLICT (only) DO UPDATE SET digest = excluded.digest`,
]
