/**
 * Departments that deliver, and where two sources differ. `source_step` and `difference_step` are projections of the log;
 * `source_folder` is of this computer alone; `difference` is an index over projections, bodies and the catalogue, which
 * triggers mark and whoever asks brings up to date.
 */
export const sourceTables: readonly string[] = [
  `CREATE TABLE source_step (
    source TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    act TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (source, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE difference_step (
    difference TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    act TEXT NOT NULL,
    cadre TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (difference, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE source_folder (
    source TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE difference (
    cadre TEXT NOT NULL,
    id TEXT NOT NULL,
    category TEXT NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    other_record TEXT,
    other_digest TEXT,
    at TEXT NOT NULL,
    is_check INTEGER NOT NULL,
    PRIMARY KEY (cadre, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX difference_by_time ON difference (at DESC, id)',
  `CREATE TABLE difference_stale (
    cadre TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID`,
  // Which catalogue and which checking sources the index was made with.
  `CREATE TABLE difference_basis (
    basis TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER difference_said AFTER INSERT ON revision
    BEGIN INSERT INTO difference_stale (cadre) VALUES (new.cadre) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER difference_unsaid AFTER DELETE ON revision
    BEGIN INSERT INTO difference_stale (cadre) VALUES (old.cadre) ON CONFLICT DO NOTHING; END`,
]
