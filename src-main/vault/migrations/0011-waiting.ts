/**
 * Whom an open revision waits for and since when, who is assigned to it, and when each opinion was given. One covering
 * index serves every queue: a page of it is read in order, and a count touches no row of the table. What is archived is
 * in none of these indexes.
 *
 * Also whom the register of relatives (A3) and of matters to be avoided (D4) names, by name, so that it is known both
 * ways who keeps out of whose dossier.
 */
export const waitingTables: readonly string[] = [
  // `review`, `opening`, `adjudication`, `signature`, the last two also with `-above`, `author`; null for what waits for nobody.
  'ALTER TABLE revision ADD COLUMN waits_for TEXT',
  'ALTER TABLE revision ADD COLUMN waiting_since TEXT',
  'ALTER TABLE revision ADD COLUMN assigned_first TEXT',
  'ALTER TABLE revision ADD COLUMN assigned_second TEXT',
  'ALTER TABLE revision ADD COLUMN first_at TEXT',
  'ALTER TABLE revision ADD COLUMN second_at TEXT',
  // `agree` or `disagree` once opened.
  'ALTER TABLE revision ADD COLUMN first_decision TEXT',
  'ALTER TABLE revision ADD COLUMN second_decision TEXT',
  // When the round began in which they were given.
  'ALTER TABLE revision ADD COLUMN round_at TEXT',
  `CREATE INDEX revision_waiting ON revision (waits_for, batch, waiting_since, digest, category, author,
     reviewer_first, reviewer_second, assigned_first, assigned_second, adjudicator) WHERE waits_for IS NOT NULL`,
  `CREATE INDEX revision_of_author ON revision (author, batch, waiting_since, digest, waits_for, category)
     WHERE waits_for IS NOT NULL`,
  'CREATE INDEX revision_first_opinion ON revision (first_at) WHERE first_at IS NOT NULL',
  'CREATE INDEX revision_second_opinion ON revision (second_at) WHERE second_at IS NOT NULL',
  `CREATE TABLE named_person (
    record TEXT PRIMARY KEY,
    cadre TEXT NOT NULL,
    category TEXT NOT NULL,
    name TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX named_person_by_name ON named_person (name, cadre)',
  'CREATE INDEX named_person_of ON named_person (cadre, category)',
  'CREATE INDEX named_person_in ON named_person (category, name, cadre)',
  // Rows that an older version of the program wrote lack all this: they are folded anew when the vault is next opened.
  'CREATE TABLE fold_due (since INTEGER PRIMARY KEY) STRICT',
  'INSERT INTO fold_due (since) SELECT 11 WHERE EXISTS (SELECT 1 FROM revision)',
]
