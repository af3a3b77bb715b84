import type { Behaviour } from './behaviour.ts'

/** Sends every message back as it came. */
export const echo: Behaviour = {
  received: (message, send) => send(message),
}
