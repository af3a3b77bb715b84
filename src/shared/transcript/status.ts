/** The state of the log. Sizes in bytes. */
export interface LogStatus {
  readonly lastId: number
  readonly count: number
  /** Entries deleted because of the log's limits in size or age since it was last cleared. */
  readonly evicted: number
  /** Whether what happens is logged; a person may have stopped that. */
  readonly recording: boolean
  /** Entries that were not logged in this session because a person had stopped it. */
  readonly unrecorded: number
  /** Entries dropped in this session because they came faster than the disk could write. */
  readonly unlogged: number
  /** Entries dropped in this session because the file rejected them. */
  readonly failedToWrite: number
  /** Why nothing can be written now, such as `the disk is full`; null when it can. */
  readonly trouble: string | null
  /** How long the oldest entry that waits for the disk has waited, in milliseconds; 0 when none does. */
  readonly behindMs: number
  /** How often the log was cleared in this session; rows read before belong to an older log. */
  readonly cleared: number
  readonly bytes: number
  readonly maximumBytes: number
}
