/**
 * Projections of what is on paper: scans of signed sheets, and the volumes in the cabinet with the rule of their numbers.
 */
export const paperTables: readonly string[] = [
  // Whose record it is the header claims; what does not agree with the revision is passed over when it is read.
  `CREATE TABLE paper (
    record TEXT NOT NULL,
    paper TEXT NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    revision TEXT NOT NULL,
    cadre TEXT NOT NULL,
    category TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (record, paper, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE paper_strike (
    record TEXT NOT NULL,
    paper TEXT NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    cadre TEXT NOT NULL,
    category TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (record, paper, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE volume_step (
    volume TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    cadre TEXT NOT NULL,
    act TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (volume, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  // Under two dossiers it is two volumes: nobody takes one away from where it is by naming it elsewhere.
  `CREATE TABLE volume (
    volume TEXT NOT NULL,
    cadre TEXT NOT NULL,
    number TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (volume, cadre)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX volume_by_cadre ON volume (cadre, number)',
  'CREATE INDEX volume_by_number ON volume (number)',
  `CREATE TABLE volume_rule (
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
]
