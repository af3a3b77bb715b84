import { context } from 'zeromq'

/**
 * Keeps libzmq's context, which belongs to the process, while the caller's thread lives: the last thread that uses it
 * ends it, and waits for sockets that linger, maybe for ever.
 */
export const keepContext = (): unknown => context
