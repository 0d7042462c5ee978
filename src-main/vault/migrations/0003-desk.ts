/** What belongs to this device alone and is not derived from the log. */
export const deskTables: readonly string[] = [
  'CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE sent_bundle (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    commits INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    acknowledged_at TEXT
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX sent_bundle_by_time ON sent_bundle (created_at DESC, id)',
  `CREATE TABLE received_receipt (
    bundle TEXT PRIMARY KEY,
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    hub TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    batch TEXT NOT NULL,
    file TEXT NOT NULL,
    row INTEGER NOT NULL,
    cells TEXT NOT NULL,
    problems TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_at TEXT,
    settled_by TEXT,
    settled_words TEXT
  ) STRICT`,
  'CREATE INDEX quarantine_open ON quarantine (id) WHERE settled_at IS NULL',
  `CREATE TABLE import_batch (
    batch TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    at TEXT NOT NULL,
    member TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    quarantined INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]
