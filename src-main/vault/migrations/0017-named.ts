/**
 * By ID number as well, whom the register of relatives (A3) names: two of one number are one person, however their name
 * was written.
 */
export const namedTables: readonly string[] = [
  'ALTER TABLE named_person ADD COLUMN identity_number TEXT',
  `CREATE INDEX named_person_by_identity ON named_person (identity_number, cadre)
     WHERE identity_number IS NOT NULL`,
  'INSERT INTO fold_due (since) SELECT 17 WHERE EXISTS (SELECT 1 FROM named_person)',
]
