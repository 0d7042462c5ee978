/** The exchange with other devices of the unit. What is derived from the log stands elsewhere. */
export const exchangeTables: readonly string[] = [
  // How many commits of each log a device said it holds, and how many this device has told it that it holds itself.
  `CREATE TABLE peer_log (
    device TEXT NOT NULL,
    log TEXT NOT NULL,
    held INTEGER NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (device, log)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE received_bundle (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    device TEXT NOT NULL,
    commits INTEGER NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // Which reading of the authority chain the marks and tables of this database follow.
  'CREATE TABLE authority_reading (only INTEGER PRIMARY KEY CHECK (only = 1), digest TEXT NOT NULL) STRICT',
]

/** Commits of one bundle while it is verified. The file is keyed to nobody and gone when the bundle is taken in. */
export const stagingTables: readonly string[] = [
  `CREATE TABLE staged_commit (
    position INTEGER PRIMARY KEY,
    leaf TEXT NOT NULL,
    depth INTEGER NOT NULL,
    key TEXT NOT NULL,
    header BLOB NOT NULL,
    signature BLOB NOT NULL,
    void TEXT
  ) STRICT`,
  'CREATE UNIQUE INDEX staged_commit_by_leaf ON staged_commit (leaf)',
  'CREATE TABLE staged_body (position INTEGER PRIMARY KEY, digest TEXT NOT NULL, bytes BLOB NOT NULL) STRICT',
  'CREATE UNIQUE INDEX staged_body_by_digest ON staged_body (digest)',
]
