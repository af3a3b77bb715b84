import type { PatternId } from '../zmq/patterns.ts'

/** What a session does with its messages by itself. */
export interface BehaviourRow {
  readonly label: string
  readonly words: string
  /** The patterns whose sessions can do it. */
  readonly patterns: readonly PatternId[]
}

export const behaviours = {
  echo: {
    label: 'Echo',
    words: 'Sends every message back as it came',
    patterns: ['rep', 'dealer', 'router', 'pair', 'stream'],
  },
} as const satisfies Record<string, BehaviourRow>

export type BehaviourId = keyof typeof behaviours

function ids(): readonly BehaviourId[]
function ids(): readonly string[] {
  return Object.keys(behaviours)
}

export const behaviourIds = ids()
