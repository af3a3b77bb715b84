import { formatDuration } from '../../shared/format.ts'
import type { LogStatus } from '../../shared/transcript/status.ts'

/** The log is always a little behind what happens; more than this is worth saying. In milliseconds. */
const shownBehindMs = 500

/** How far the log, and what is read from it, is behind what happens: `1.20 s behind`; empty where it keeps up. */
export const behindWords = ({ behindMs }: Pick<LogStatus, 'behindMs'>): string =>
  behindMs >= shownBehindMs ? `${formatDuration(behindMs * 1e6)} behind` : ''
