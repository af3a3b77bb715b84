import type { Frame } from '../../shared/message.ts'

/** A message as it arrived. */
export interface Incoming {
  readonly frames: readonly Frame[]
  /** How many leading frames lead back to the sender; 0 for patterns without them. The message follows. */
  readonly envelope: number
}

/** What a session does with its messages by itself. */
export interface Behaviour {
  /**
   * Acts on a message. `send` gives a message to libzmq in this turn, mostly, and resolves when it has gone out or was
   * dropped, which the session counts and logs.
   */
  received(message: Incoming, send: (message: Incoming) => Promise<void>): Promise<void>
}
