import { type PatternId, patternOf } from '../zmq/patterns.ts'

/** How what comes back finds the message that it answers. */
export const timingMatches = ['position', 'frame'] as const

/** The highest place of a frame that can be named, from 0. */
export const lastTimedFrame = 999

/** Which messages answer those that a session sends, so that round trips can be timed without a REQ. */
export interface Timing {
  /** By position, the first message that comes back answers the first that was sent, and so on; or a frame is the same. */
  readonly match: (typeof timingMatches)[number]
  /** The frame that comes back as it was sent, from 0, behind the envelope. Unused with `position`. */
  readonly frame: number
  /** The session where answers arrive; null for the one that sends. */
  readonly repliesOn: string | null
}

/** How the timing of a session goes. */
export interface RoundTripState {
  readonly timing: Timing
  /** Messages whose answers may still come. */
  readonly waiting: number
  /** Answers that came after the time limit. */
  readonly late: number
  /** Messages that arrived and answer none that was sent. */
  readonly unmatched: number
  /** Whether too many messages waited, so that timing has ended. */
  readonly isStopped: boolean
}

/** Whether messages of such a socket can be timed: a REQ and a REP are in step by themselves. */
export function canBeTimed(pattern: PatternId): boolean {
  const { sends, receives, lockstep, subscribes, hears } = patternOf(pattern)
  return sends && lockstep === null && subscribes === null && !(hears && receives)
}

/** The timing that such a socket can have; null for one that it cannot have. */
export function possibleTiming(pattern: PatternId, timing: Timing | null): Timing | null {
  if (timing === null || !canBeTimed(pattern)) return null
  return timing.repliesOn !== null || patternOf(pattern).receives ? timing : null
}
