/** Projection of the log: the rows of imports that are under a draw, and which of them are looked at. */
export const drawnTables: readonly string[] = [
  `CREATE TABLE drawn (
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    draw TEXT NOT NULL,
    seed TEXT NOT NULL,
    lot INTEGER NOT NULL,
    size INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    drawer TEXT NOT NULL,
    drawn_at TEXT NOT NULL,
    contested INTEGER NOT NULL,
    PRIMARY KEY (record, digest)
  ) STRICT, WITHOUT ROWID`,
]
