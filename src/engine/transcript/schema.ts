import type { DatabaseFormat } from '../files/open-database.ts'

/** What a row costs beside its frames and its preview, roughly: the other columns and the page's own. */
export const rowOverheadBytes = 150

/** What a row costs in the file, roughly. */
export const rowBytes = `size + length(CAST(preview AS BLOB)) + ${rowOverheadBytes}`

/** The layout of the log file. */
export const logFormat: DatabaseFormat = {
  migrations: [
    `
  CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    event TEXT,
    round_trip_ns REAL,
    frame_sizes TEXT NOT NULL,
    size INTEGER NOT NULL,
    preview TEXT NOT NULL,
    body BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
  INSERT OR IGNORE INTO counters VALUES ('evicted', 0);
`,
    // Finds the oldest message behind any number of events, and the other way round.
    'CREATE INDEX entries_by_kind ON entries (kind)',
  ],
}

export const rowColumns =
  'id, at, kind, direction, source AS session, name, event, round_trip_ns AS roundTripNs, frame_sizes AS frameSizes, size, preview'
