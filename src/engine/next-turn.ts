/** Resolves in the next turn of the event loop, when timers and other sockets have had theirs. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
