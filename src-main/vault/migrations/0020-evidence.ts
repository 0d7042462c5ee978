/**
 * Which content of evidence is held where, so that the same file is stored once; and what was given its place on the disk
 * for a commit that may never have come.
 */
export const evidenceTables: readonly string[] = [
  // The key of the file stands in the body of the revision alone.
  `CREATE TABLE evidence_content (
    content TEXT NOT NULL,
    revision TEXT NOT NULL,
    hash TEXT NOT NULL,
    record TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (content, revision, hash)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX evidence_content_by_hash ON evidence_content (hash)',
  'CREATE TABLE evidence_pending (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
]
