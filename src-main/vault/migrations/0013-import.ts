/** What importing remembers on this device: mappings, mended rows, runs over a folder. */
export const importTables: readonly string[] = [
  'ALTER TABLE import_batch ADD COLUMN profile TEXT',
  // Of the file's bytes, SHA-256 in hex.
  'ALTER TABLE import_batch ADD COLUMN digest TEXT',
  // The entry of the file itself, where it was sealed as evidence.
  'ALTER TABLE import_batch ADD COLUMN evidence TEXT',
  'ALTER TABLE quarantine ADD COLUMN marks TEXT',
  'ALTER TABLE quarantine ADD COLUMN mended TEXT',
  // A dossier's id, or `open` for a new one: what a person decided.
  'ALTER TABLE quarantine ADD COLUMN cadre TEXT',
  'ALTER TABLE quarantine ADD COLUMN settled_batch TEXT',
  'CREATE INDEX import_batch_by_digest ON import_batch (digest) WHERE digest IS NOT NULL',
  `CREATE TABLE import_profile (
    id INTEGER PRIMARY KEY,
    headings TEXT NOT NULL,
    source TEXT NOT NULL,
    profile TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (headings, source)
  ) STRICT`,
  `CREATE TABLE import_run (
    run TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE import_run_file (
    run TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    profile TEXT NOT NULL,
    state TEXT NOT NULL,
    batch TEXT,
    accepted INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    failure TEXT,
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID`,
]
