/** Projections of the log: copies that left the vault or are asked for, and correction requests. */
export const disclosureTables: readonly string[] = [
  `CREATE TABLE disclosure_step (
    id TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    step TEXT NOT NULL,
    void TEXT,
    PRIMARY KEY (id, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE disclosure (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    cadre TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX disclosure_by_time ON disclosure (at DESC, id)',
  'CREATE INDEX disclosure_by_status ON disclosure (kind, status)',
]
