/**
 * The index of access entries. All of it is derived from the control log with the auditors' key, so a new shape is a
 * new index: change these statements freely and raise `auditIndexVersion`.
 */
export const auditIndexVersion = 1

export const auditIndexTables: readonly string[] = [
  // In the order it is read in: newest last.
  `CREATE TABLE access (
    at TEXT NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    state TEXT NOT NULL,
    code TEXT,
    member TEXT NOT NULL,
    role TEXT NOT NULL,
    device TEXT NOT NULL,
    kind TEXT,
    cadre TEXT,
    flags INTEGER NOT NULL,
    count INTEGER NOT NULL,
    entry TEXT,
    PRIMARY KEY (at, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX access_by_member ON access (member, at)',
  'CREATE INDEX access_by_cadre ON access (cadre, at) WHERE cadre IS NOT NULL',
  'CREATE INDEX access_by_kind ON access (kind, at)',
  'CREATE INDEX access_flagged ON access (at) WHERE flags > 0',
  `CREATE INDEX access_doubtful ON access (state, at) WHERE state <> 'good'`,
  'CREATE TABLE subject (cadre TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (cadre, name)) STRICT, WITHOUT ROWID',
  `CREATE TABLE act (
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    op TEXT NOT NULL,
    entity TEXT NOT NULL,
    depth INTEGER NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    code TEXT,
    member TEXT NOT NULL,
    content TEXT,
    PRIMARY KEY (leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX act_by_entity ON act (op, entity, depth, leaf)',
  // How far each log was followed.
  'CREATE TABLE followed (log TEXT PRIMARY KEY, next INTEGER NOT NULL, leaf TEXT) STRICT, WITHOUT ROWID',
  'CREATE TABLE origin (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
]
