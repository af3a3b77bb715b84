import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogStatus } from '../../shared/transcript/status.ts'

/** The log, as far as the whole window knows it. */
export interface Log {
  /** Null until the file is open. */
  readonly status: LogStatus | null
  /** The record that is open in the reply view. */
  readonly viewed: TranscriptRecord | null
  /** The id of the other message of its exchange; null when there is none, and until it is found. */
  readonly partner: number | null
  /** The number of the message before it of the same topic, where that is known; null otherwise. */
  readonly viewedAfter: number | null
  /** The socket that was shown when it was opened. */
  readonly viewedBeside: string | null
}

const noneViewed = { viewed: null, partner: null, viewedAfter: null, viewedBeside: null }

export const logStore = createStore<Log>()(() => ({ status: null, ...noneViewed }))

export function useLog<Part>(select: (log: Log) => Part): Part {
  return useStore(logStore, select)
}

/** The reply view shows the reply again. */
export const closeViewed = (): void => logStore.setState(noneViewed)
