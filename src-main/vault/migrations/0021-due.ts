/**
 * What is asked of whom, and since when a cadre is where they are. `stage_step` and `cadre_stage` are projections of the
 * log. The rest is an index over the projections and the catalogue in force: triggers mark the cadres of whom it may not
 * be true any more, and whoever asks brings it up to date first.
 */
export const dueTables: readonly string[] = [
  `CREATE TABLE stage_step (
    cadre TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (cadre, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE cadre_stage (
    cadre TEXT PRIMARY KEY,
    stage TEXT NOT NULL,
    since TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE due_cadre (
    row INTEGER PRIMARY KEY,
    cadre TEXT NOT NULL UNIQUE,
    stage TEXT,
    stage_since TEXT,
    risk_class TEXT
  ) STRICT`,
  'CREATE INDEX due_cadre_by_stage ON due_cadre (stage, cadre)',
  // Most cadres are asked the same on the same days: what is asked stands once, and a row beside it is two numbers.
  `CREATE TABLE due_kind (
    id INTEGER PRIMARY KEY,
    category TEXT NOT NULL,
    cause TEXT NOT NULL,
    source TEXT NOT NULL,
    opens TEXT NOT NULL,
    basis TEXT NOT NULL,
    within INTEGER NOT NULL,
    UNIQUE (category, cause, source, opens, basis, within)
  ) STRICT`,
  `CREATE TABLE due_item (
    kind INTEGER NOT NULL,
    cadre INTEGER NOT NULL,
    PRIMARY KEY (kind, cadre)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX due_item_of_cadre ON due_item (cadre, kind)',
  `CREATE TABLE due_stale (
    cadre TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID`,
  // Which catalogue the index was made with.
  `CREATE TABLE due_basis (
    catalogue TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID`,
  // Of this device alone: when a member last looked at what is due.
  `CREATE TABLE due_seen (
    member TEXT PRIMARY KEY,
    day TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER due_opened AFTER INSERT ON opening
    BEGIN INSERT INTO due_stale (cadre) VALUES (new.cadre) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER due_opening_gone AFTER DELETE ON opening
    BEGIN INSERT INTO due_stale (cadre) VALUES (old.cadre) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER due_handed_in AFTER INSERT ON revision
    BEGIN INSERT INTO due_stale (cadre) VALUES (new.cadre) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER due_taken_back AFTER DELETE ON revision
    BEGIN INSERT INTO due_stale (cadre) VALUES (old.cadre) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER due_stage_new AFTER INSERT ON cadre_stage
    BEGIN INSERT INTO due_stale (cadre) VALUES (new.cadre) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER due_stage_gone AFTER DELETE ON cadre_stage
    BEGIN INSERT INTO due_stale (cadre) VALUES (old.cadre) ON CONFLICT DO NOTHING; END`,
]
