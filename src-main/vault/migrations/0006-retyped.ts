/**
 * What reviewers typed from the evidence before they saw the entry, until their opinion carries it. Sealed to whoever
 * typed it: the other reviewer opens the same database.
 */
export const retypedTables: readonly string[] = [
  `CREATE TABLE retyped (
    revision TEXT NOT NULL,
    member TEXT NOT NULL,
    -- The key it is sealed beside: with new keys the member types again.
    key TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (revision, member)
  ) STRICT, WITHOUT ROWID`,
]
