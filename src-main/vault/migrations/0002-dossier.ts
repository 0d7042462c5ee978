/** Projections of the log: dossiers, records, revisions and the steps they took. */
export const dossierTables: readonly string[] = [
  `CREATE TABLE step (
    record TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    row INTEGER NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (record, depth, leaf, operation, row)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE void_step (
    record TEXT NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    row INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (record, leaf, operation, row)
  ) STRICT, WITHOUT ROWID`,
  // By cadre first: a dossier is one range of it.
  `CREATE TABLE revision (
    cadre TEXT NOT NULL,
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    parent TEXT,
    batch TEXT,
    author TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    reviewer_first TEXT,
    reviewer_second TEXT,
    opinions INTEGER NOT NULL,
    opinions_needed INTEGER NOT NULL,
    adjudicator TEXT,
    signer TEXT,
    signed_at TEXT,
    PRIMARY KEY (cadre, record, digest)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX revision_by_status ON revision (status, batch, submitted_at, digest)',
  'CREATE INDEX revision_by_batch ON revision (batch, status) WHERE batch IS NOT NULL',
  `CREATE TABLE opening (
    cadre TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (cadre, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE cadre (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    identity_number TEXT,
    post TEXT,
    updated_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX cadre_by_name ON cadre (name, id)',
  'CREATE INDEX cadre_by_identity ON cadre (identity_number) WHERE identity_number IS NOT NULL',
]
