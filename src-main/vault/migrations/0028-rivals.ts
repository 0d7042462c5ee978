/**
 * Revisions of one record that were made apart and of which at most one can stand: 1 for each that is not the fact, 2 for
 * the one by which the record stands in the list of what has to be settled. One small index serves that list.
 */
export const rivalTables: readonly string[] = [
  'ALTER TABLE revision ADD COLUMN rival INTEGER',
  `CREATE INDEX revision_rival ON revision (rival, waiting_since, digest, category, author, assigned_first,
     assigned_second, waits_for) WHERE rival = 2`,
  // Only where one record has several revisions can rows of an older version differ from what is folded now.
  `INSERT OR IGNORE INTO fold_due (since) SELECT 28 WHERE EXISTS (
     SELECT 1 FROM revision WHERE parent IS NOT NULL OR status = 'returned')`,
]
