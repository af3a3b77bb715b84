import { formatCount, formatSize } from '../../format.ts'
import { maximumComparedBytes } from './limits.ts'

/** What is told where frames are too large to be looked into. */
export const skippedWords = (messages: number): string =>
  `${formatCount(messages)} ${messages === 1 ? 'message has' : 'messages have'} frames of more than ${formatSize(maximumComparedBytes)}, which are not looked into.`
