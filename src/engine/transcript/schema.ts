import type { DatabaseFormat } from '../files/open-database.ts'

/** What a row costs beside its frames and its preview, roughly: the other columns, the indexes and the page's own. */
export const rowOverheadBytes = 160

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
    // Rows that are there stay as they are. New columns stand behind the body, and SQLite reads through a large body to
    // get at them: the rows of the log need none of them. How many frames are envelope is part of frame_sizes for that.
    // The index takes some 2 s in a full log of 256 MiB. Numbers are told before, and what comes meanwhile waits.
    `
  ALTER TABLE entries RENAME COLUMN source TO session;
  ALTER TABLE entries ADD COLUMN peer TEXT;
  ALTER TABLE entries ADD COLUMN exchange INTEGER;
  ALTER TABLE entries ADD COLUMN origin TEXT;
  CREATE INDEX entries_by_session ON entries (session);
`,
  ],
}

const basicColumns =
  'id, at, kind, direction, session, name, event, round_trip_ns AS roundTripNs, frame_sizes AS frameSizes, size, preview'

/** To read a part of a body, SQLite reads all of it: in a list, larger messages do without their peer. */
export const peerShownBytes = 65_536

/** The peer stands behind the body, and is its first frame. */
export const rowColumns = `${basicColumns},
  CASE WHEN size <= ${peerShownBytes} AND instr(frame_sizes, '|') > 0 AND CAST(frame_sizes AS INTEGER) > 0
    THEN lower(hex(substr(body, 1, CAST(frame_sizes AS INTEGER)))) END AS peer`

export const recordColumns = `${basicColumns}, peer, exchange, origin, body`
