/** The log itself: exact bytes, never updated but for the void mark, which every replica derives alike. */
export const auditTables: readonly string[] = [
  `CREATE TABLE log (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('device', 'hub')),
    size INTEGER NOT NULL,
    leaf TEXT,
    depth INTEGER NOT NULL,
    authority_height INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    seen TEXT,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    acknowledged_frontier BLOB,
    cosigned TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    log TEXT NOT NULL REFERENCES log (id),
    seq INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    depth INTEGER NOT NULL,
    key TEXT NOT NULL,
    header BLOB NOT NULL,
    signature BLOB NOT NULL,
    operations INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    authority INTEGER NOT NULL,
    void TEXT
  ) STRICT`,
  'CREATE UNIQUE INDEX entry_by_seq ON entry (log, seq)',
  'CREATE UNIQUE INDEX entry_by_leaf ON entry (leaf)',
  'CREATE INDEX entry_by_depth ON entry (depth, leaf)',
  'CREATE INDEX entry_of_authority ON entry (depth, leaf) WHERE authority = 1',
  `CREATE TABLE body (
    position INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT`,
  'CREATE UNIQUE INDEX body_by_digest ON body (digest)',
  'CREATE UNIQUE INDEX body_by_operation ON body (log, seq, operation)',
  `CREATE TABLE checkpoint (
    log TEXT NOT NULL REFERENCES log (id),
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (log, size)
  ) STRICT, WITHOUT ROWID`,
]
