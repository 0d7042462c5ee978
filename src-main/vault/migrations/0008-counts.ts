/**
 * How many archived revisions there are of each category. Counting them took a second at a million, and the workbench
 * asks at every log-in. Triggers keep the count, so whatever writes revisions, or derives them anew, keeps it too.
 */
export const countTables: readonly string[] = [
  `CREATE TABLE archived_count (
    category TEXT PRIMARY KEY,
    n INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO archived_count (category, n)
    SELECT category, count(*) FROM revision WHERE status = 'archived' GROUP BY category`,
  `CREATE TRIGGER revision_counted AFTER INSERT ON revision WHEN new.status = 'archived'
    BEGIN
      INSERT INTO archived_count (category, n) VALUES (new.category, 1)
        ON CONFLICT (category) DO UPDATE SET n = n + 1;
    END`,
  `CREATE TRIGGER revision_uncounted AFTER DELETE ON revision WHEN old.status = 'archived'
    BEGIN
      UPDATE archived_count SET n = n - 1 WHERE category = old.category;
    END`,
]
