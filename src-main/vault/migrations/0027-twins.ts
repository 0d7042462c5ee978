/**
 * Dossiers that were found to be one person's. `twin_step` and `cadre_alias` are projections of the log; in the
 * database of discipline, whose log says nothing of it, `cadre_alias` repeats that of the archive. `twin_key` and
 * `twin_pair` are an index over the list of dossiers: triggers mark the lines of which it may not be true any more.
 */
export const twinTables: readonly string[] = [
  // The dossier a record was entered in, where that is shown as part of another.
  'ALTER TABLE revision ADD COLUMN origin TEXT',
  `CREATE TABLE twin_step (
    decision TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (decision, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  // What the merged dossier says of itself stays here, so that it is found by its name and number.
  `CREATE TABLE cadre_alias (
    cadre TEXT PRIMARY KEY,
    home TEXT NOT NULL,
    name TEXT NOT NULL,
    identity_number TEXT,
    post TEXT,
    updated_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX cadre_alias_by_home ON cadre_alias (home, cadre)',
  'CREATE INDEX cadre_alias_by_name ON cadre_alias (name, cadre)',
  `CREATE INDEX cadre_alias_by_identity ON cadre_alias (identity_number) WHERE identity_number IS NOT NULL`,
  `CREATE TRIGGER due_alias_new AFTER INSERT ON cadre_alias
    BEGIN
      INSERT INTO due_stale (cadre) VALUES (new.cadre) ON CONFLICT DO NOTHING;
      INSERT INTO due_stale (cadre) VALUES (new.home) ON CONFLICT DO NOTHING;
    END`,
  `CREATE TRIGGER due_alias_gone AFTER DELETE ON cadre_alias
    BEGIN
      INSERT INTO due_stale (cadre) VALUES (old.cadre) ON CONFLICT DO NOTHING;
      INSERT INTO due_stale (cadre) VALUES (old.home) ON CONFLICT DO NOTHING;
    END`,
  'ALTER TABLE dossier_line ADD COLUMN birth TEXT',
  `INSERT INTO listing_stale (cadre, record) SELECT id, '' FROM cadre WHERE true ON CONFLICT DO NOTHING`,
  `CREATE TABLE twin_key (
    key INTEGER NOT NULL,
    row INTEGER NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (key, row)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX twin_key_of ON twin_key (row)',
  // `first` < `second`, rows of `dossier_line`.
  `CREATE TABLE twin_pair (
    first INTEGER NOT NULL,
    second INTEGER NOT NULL,
    PRIMARY KEY (first, second)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX twin_pair_second ON twin_pair (second)',
  'CREATE TABLE twin_stale (row INTEGER PRIMARY KEY) STRICT',
  'INSERT INTO twin_stale (row) SELECT row FROM dossier_line',
  `CREATE TRIGGER twin_line_new AFTER INSERT ON dossier_line
    BEGIN INSERT INTO twin_stale (row) VALUES (new.row) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER twin_line_changed AFTER UPDATE ON dossier_line
    WHEN new.name IS NOT old.name OR new.identity_reversed IS NOT old.identity_reversed
      OR new.birth IS NOT old.birth OR new.post IS NOT old.post OR new.unit IS NOT old.unit
    BEGIN INSERT INTO twin_stale (row) VALUES (new.row) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER twin_line_gone AFTER DELETE ON dossier_line
    BEGIN INSERT INTO twin_stale (row) VALUES (old.row) ON CONFLICT DO NOTHING; END`,
]
