import { signingSchema } from '../jupyter/signing.ts'
import type { LatencySnapshot } from '../latency/summary.ts'
import type { Exchange, Frame, SocketAttempt } from '../message.ts'
import { z } from '../schema.ts'
import { attachmentSchema, socketSpecSchema, timingSchema, topicsSchema } from '../session/spec-schema.ts'
import type { SessionState } from '../session/state.ts'
import { watchesSchema } from '../watch/watch-schema.ts'
import { messageDraftSchema } from '../workspace-schema.ts'
import { securitySchema } from '../zmq/security-schema.ts'
import { command, nothing } from './command.ts'
import type { SavedFile } from './files.ts'

const sessionId = z.string().min(1).max(64)
/** The routing id of a peer, as hex digits; none for sockets that do not choose one. */
const to = z
  .string()
  .regex(/^([0-9a-f]{2}){1,255}$/)
  .nullish()
/** How the message is signed; null, or nothing, for not at all. */
const signing = signingSchema.nullish()
const timeoutMs = z.number().int().min(1).max(2_147_483_647)

/** A message that was sent. */
export interface SentMessage {
  /** With its reply; null where the pattern has none. */
  readonly exchange: Exchange | null
  /** How long it took to encode, in nanoseconds. */
  readonly encodeNs: number
}

/** Running sockets: their messages, repeats and latencies. */
export const sessionCommands = {
  /** Opens a session, or opens the one with this id anew. A request socket that is open is replaced. */
  'session.open': command<SessionState>()(
    z.object({ sessionId, spec: socketSpecSchema, timing: timingSchema.nullish() }),
  ),
  /** Closes the socket. The session's figures are kept. */
  'session.close': command<void>()(z.object({ sessionId })),
  /** Closes the socket and deletes the session's figures. */
  'session.remove': command<void>()(z.object({ sessionId })),
  /** Encodes the message and sends it. Throws `encode-failed`, with the index of the frame in `details.frame`. */
  'session.send': command<SentMessage>()(z.object({ sessionId, message: messageDraftSchema, timeoutMs, to, signing })),
  /**
   * Encodes the message for a program: the frames that `session.send` sends, without what the pattern adds. Throws
   * `encode-failed` as that does, and `too-large` above `maximumProgramBytes`.
   */
  'message.encode': command<readonly Frame[]>()(z.object({ message: messageDraftSchema, signing })),
  /** Binds or connects one more endpoint of an open socket, which stays as it was when that fails. */
  'session.attach': command<SessionState>()(z.object({ sessionId, attachment: attachmentSchema })),
  /** Lets an endpoint of an open socket go, by its place among them. */
  'session.detach': command<SessionState>()(z.object({ sessionId, index: z.number().int().min(0) })),
  /** Has an open socket subscribe to these topics and no others. */
  'session.subscribe': command<SessionState>()(z.object({ sessionId, subscriptions: topicsSchema })),
  /** Has an open server decide by other rules, which it does from then on. It keeps those it has when that fails. */
  'session.secure': command<SessionState>()(z.object({ sessionId, security: securitySchema })),
  /** Lets a client in that waits, or refuses it. Throws `wrong-state` when it no longer waits. */
  'session.admit': command<void>()(z.object({ sessionId, client: z.number().int().min(1), isAdmitted: z.boolean() })),
  /** Has messages timed in another way, or not at all; the session's figures begin anew. */
  'session.time': command<SessionState>()(z.object({ sessionId, timing: timingSchema.nullable() })),
  /** Watches the messages that a session receives for these, and no others; those that are watched already go on. */
  'session.watch': command<SessionState>()(z.object({ sessionId, watches: watchesSchema })),
  'session.cancel': command<void>()(z.object({ sessionId })),
  /** Every attempt to connect within the last minute, of all sessions, the oldest first. */
  'session.attempts': command<readonly SocketAttempt[]>()(nothing),
  'session.lastExchange': command<Exchange | null>()(z.object({ sessionId })),
  'repeat.start': command<void>()(
    z.object({
      sessionId,
      message: messageDraftSchema,
      timeoutMs,
      to,
      signing,
      count: z.number().int().min(1).max(2_147_483_647).nullable(),
      intervalMs: z.number().min(0).max(86_400_000),
      catchesUp: z.boolean().optional(),
    }),
  ),
  'repeat.stop': command<void>()(z.object({ sessionId })),
  'latency.read': command<LatencySnapshot>()(z.object({ sessionId })),
  'latency.reset': command<void>()(z.object({ sessionId })),
  /** Goes on with the figures before the last reset. Does nothing when there are none. */
  'latency.restore': command<void>()(z.object({ sessionId })),
  'latency.export': command<SavedFile & { readonly omitted: number }>()(z.object({ sessionId })),
}
