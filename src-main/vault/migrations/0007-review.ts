/** Projections of the log: who else has to do with a revision, what was asked about it, and the errors found in it. */
export const reviewTables: readonly string[] = [
  // `assigned`, `escalated`, `group`, `voted`. Author, reviewers, adjudicator and signer stand in the revision's row.
  `CREATE TABLE part (
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    member TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (record, digest, member, part)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE query (
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    asker TEXT NOT NULL,
    author TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answers INTEGER NOT NULL,
    resolved INTEGER NOT NULL,
    PRIMARY KEY (record, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX query_open ON query (asked_at, id) WHERE resolved = 0',
  `CREATE TABLE fault (
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    cadre TEXT NOT NULL,
    category TEXT NOT NULL,
    kind TEXT NOT NULL,
    found TEXT NOT NULL,
    finder TEXT NOT NULL,
    found_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (record, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX fault_by_time ON fault (found_at DESC, id)',
  `CREATE TABLE fault_member (
    record TEXT NOT NULL,
    fault TEXT NOT NULL,
    member TEXT NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (record, fault, member)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX fault_of_member ON fault_member (member, answered)',
]
