/** The log itself: exact bytes, never updated but for the void mark, which every replica derives alike. */
export const auditTables: readonly string[] = [
  `CREATE TABLE log (
    id TEXT PRIMARY KEY,
    ordinal INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('device', 'hub')),
    size INTEGER NOT NULL,
    leaf TEXT,
    depth INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    seen TEXT,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    acknowledged_frontier BLOB,
    cosigned TEXT
  ) STRICT, WITHOUT ROWID`,
  // One B-tree more is one encrypted page more in every commit, so the place of a commit is its row id: the ordinal of
  // its log times 2^40, plus its seq.
  `CREATE TABLE entry (
    place INTEGER PRIMARY KEY,
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
  'CREATE UNIQUE INDEX entry_by_leaf ON entry (leaf)',
  'CREATE INDEX entry_of_authority ON entry (depth, leaf) WHERE authority = 1',
  'CREATE INDEX entry_with_evidence ON entry (place) WHERE evidence > 0',
  `CREATE TABLE body (
    position INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT`,
  'CREATE UNIQUE INDEX body_by_digest ON body (digest)',
  `CREATE TABLE checkpoint (
    log TEXT NOT NULL REFERENCES log (id),
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (log, size)
  ) STRICT, WITHOUT ROWID`,
]
