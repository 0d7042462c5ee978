/**
 * The list of dossiers and its search: an index over the projections, so that 100,000 dossiers are sorted, filtered and
 * searched without reading what is archived. Triggers mark what it no longer says; whoever writes brings it up to date
 * in the same transaction, and what stood here before this version is brought up to date when the vault is opened.
 */
export const listingTables: readonly string[] = [
  `CREATE TABLE dossier_line (
    row INTEGER PRIMARY KEY,
    cadre TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Pinyin without tones: people look for a name where it stands in a dictionary.
    pinyin TEXT NOT NULL,
    post TEXT,
    unit TEXT,
    -- Backwards, so that its end is a range of an index.
    identity_reversed TEXT,
    -- Of the dossier or any archived fact in this database.
    changed_at TEXT NOT NULL,
    -- Bit n - 1 for category A<n> and so on, where something is archived or declared.
    have_a INTEGER NOT NULL,
    have_b INTEGER NOT NULL,
    have_c INTEGER NOT NULL,
    have_d INTEGER NOT NULL,
    have_e INTEGER NOT NULL
  ) STRICT`,
  'CREATE INDEX dossier_line_by_name ON dossier_line (pinyin, name, cadre)',
  'CREATE INDEX dossier_line_by_change ON dossier_line (changed_at, cadre)',
  'CREATE INDEX dossier_line_by_unit ON dossier_line (unit, pinyin, name, cadre)',
  'CREATE INDEX dossier_line_by_post ON dossier_line (post, pinyin, name, cadre)',
  `CREATE INDEX dossier_line_by_identity ON dossier_line (identity_reversed)
    WHERE identity_reversed IS NOT NULL`,
  // Which record a row of `fact_text` is about.
  `CREATE TABLE fact_row (
    row INTEGER PRIMARY KEY,
    cadre TEXT NOT NULL,
    record TEXT NOT NULL,
    category TEXT NOT NULL,
    UNIQUE (cadre, record)
  ) STRICT`,
  // Pairs of characters, separated by spaces: the index splits at nothing else.
  `CREATE VIRTUAL TABLE dossier_text USING fts5 (name, initials, post, tokenize = 'ascii', columnsize = 0)`,
  `CREATE VIRTUAL TABLE fact_text USING fts5 (words, tokenize = 'ascii', columnsize = 0)`,
  // What is corrected must not linger in the index.
  `INSERT INTO dossier_text (dossier_text, rank) VALUES ('secure-delete', 1)`,
  `INSERT INTO fact_text (fact_text, rank) VALUES ('secure-delete', 1)`,
  // `record` is empty where the cadre's own row changed.
  `CREATE TABLE listing_stale (
    cadre TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (cadre, record)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO listing_stale (cadre, record) SELECT id, '' FROM cadre`,
  `INSERT INTO listing_stale (cadre, record)
    SELECT DISTINCT cadre, record FROM revision WHERE status = 'archived'`,
  `CREATE TRIGGER listing_cadre_new AFTER INSERT ON cadre
    BEGIN INSERT INTO listing_stale (cadre, record) VALUES (new.id, '') ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER listing_cadre_changed AFTER UPDATE ON cadre
    BEGIN INSERT INTO listing_stale (cadre, record) VALUES (new.id, '') ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER listing_cadre_gone AFTER DELETE ON cadre
    BEGIN INSERT INTO listing_stale (cadre, record) VALUES (old.id, '') ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER listing_fact_new AFTER INSERT ON revision WHEN new.status = 'archived'
    BEGIN INSERT INTO listing_stale (cadre, record) VALUES (new.cadre, new.record) ON CONFLICT DO NOTHING; END`,
  `CREATE TRIGGER listing_fact_gone AFTER DELETE ON revision WHEN old.status = 'archived'
    BEGIN INSERT INTO listing_stale (cadre, record) VALUES (old.cadre, old.record) ON CONFLICT DO NOTHING; END`,
  // Words on a dossier, from the log.
  `CREATE TABLE tag_step (
    cadre TEXT NOT NULL,
    depth INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    operation INTEGER NOT NULL,
    act TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (cadre, depth, leaf, operation)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE cadre_tag (
    cadre TEXT NOT NULL,
    tag TEXT NOT NULL,
    member TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (cadre, tag)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX cadre_tag_by_tag ON cadre_tag (tag, cadre)',
  // Of this device and member alone; sealed to them, for others open the same database.
  `CREATE TABLE saved_view (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX saved_view_of_member ON saved_view (member, at, id)',
]
