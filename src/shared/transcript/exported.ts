/** What became of the entries that matched when their reading began. */
export interface EntriesRead {
  /**
   * How many are missing, because the log removed them before they were read; null when some may be: there was no time to
   * count what matches before the log removed entries.
   */
  readonly removed: number | null
  /** Whether somebody cleared the log meanwhile. */
  readonly cleared: boolean
}

/** What an export of the log has, and what it has not. */
export interface ExportedLog extends EntriesRead {
  /** How many entries are in the file. */
  readonly entries: number
}

/** How far entries have been read, in their numbers, which have gaps. */
export interface ReadingProgress {
  readonly done: number
  readonly of: number
}
