import type { Frame } from '../../shared/message.ts'

/** A message as it arrived. */
export interface Incoming {
  /** What precedes the message and leads back to its sender; empty for patterns without it. */
  readonly envelope: readonly Frame[]
  readonly frames: readonly Frame[]
}

/** What a session does with its messages by itself. */
export interface Behaviour {
  /**
   * Acts on a message. `send` gives a message to libzmq in this turn, mostly, and resolves when it has gone out or was
   * dropped, which the session counts and logs.
   */
  received(message: Incoming, send: (message: Incoming) => Promise<void>): Promise<void>
}
