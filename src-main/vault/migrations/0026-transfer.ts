/**
 * Dossiers that went to another unit and came from one. `transfer_step`, `transfer` and `transfer_evidence` are projections
 * of the log; `transfer_package` is what lies on this device and waits to be taken over.
 */
export const transferTables: readonly string[] = [
  `CREATE TABLE transfer_step (
    transfer TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    act TEXT NOT NULL,
    cadre TEXT,
    unit TEXT,
    hand_over TEXT,
    outcome TEXT,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (transfer, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE transfer (
    id TEXT PRIMARY KEY,
    way TEXT NOT NULL,
    status TEXT NOT NULL,
    cadre TEXT,
    unit TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT,
    ended_digest TEXT,
    words TEXT
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX transfer_of_cadre ON transfer (cadre, depth, leaf)',
  `CREATE TABLE transfer_evidence (
    hash TEXT NOT NULL,
    transfer TEXT NOT NULL,
    PRIMARY KEY (hash, transfer)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE transfer_package (
    transfer TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    cadre TEXT,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    matched_by TEXT,
    -- What was found in it when it came, so that a list need not read it again.
    summary TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
]
