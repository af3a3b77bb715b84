import type { NewRecord } from '../../shared/transcript/record.ts'
import type { Transcript } from './folding-log.ts'

/** Is given each message, with the number of its record. */
export type MessageListener = (record: NewRecord, number: number) => void

/** Stands between a session and the transcript, so that others see its messages. Of no cost while nobody listens. */
export class RecordTap {
  #listeners: readonly MessageListener[] = []
  readonly #tapped: Transcript

  constructor(private readonly log: Transcript) {
    const told = (record: NewRecord, number: number): number => {
      if (record.kind === 'message') for (const listener of this.#listeners) listener(record, number)
      return number
    }
    this.#tapped = {
      append: (record) => {
        // Only events are ever folded.
        if (record.kind === 'message') told(record, log.keep(record))
        else log.append(record)
      },
      keep: (record, reserved) => told(record, log.keep(record, reserved)),
      reserve: () => log.reserve(),
      ready: () => log.ready(),
    }
  }

  /** Where the session's records go. */
  get transcript(): Transcript {
    return this.#listeners.length === 0 ? this.log : this.#tapped
  }

  /** Has a listener told of each message from now on, until the function that it returns is called. */
  listen(listener: MessageListener): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener)
    }
  }
}
