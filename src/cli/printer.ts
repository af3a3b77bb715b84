import type { Frame } from '../shared/message.ts'
import { type AuthenticationDecision, describeDecision } from '../shared/session/authentication.ts'
import { messageOf, type NewRecord, peerOf } from '../shared/transcript/record.ts'
import { decodeUtf8 } from '../shared/utf8.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain } from './failure.ts'
import { type ShownAs, showFrames, whyHex } from './quote.ts'

/** Writes to standard output. */
export interface Printer {
  /** `who`: as what; a server and a client by default. */
  listening(endpoint: string, who?: string): void
  connecting(endpoint: string, who?: string): void
  /** Prints a log entry; ignores anything but messages. */
  message(entry: NewRecord): void
  /** Tells what a server decided about a client; as text on standard error. */
  decision(decision: AuthenticationDecision): void
  /** Nothing more comes: prints what it still has. */
  close?(): void
}

type Write = (text: string) => void

/**
 * Lines for people: `-> "Hello world!"` was sent, `<- "Hello world!"` was received. `warn` is told, once for a message, why
 * a frame that was received is shown as hex; null where nobody asked for another encoding.
 */
export function textPrinter(
  write: Write,
  sent: ShownAs,
  received: ShownAs,
  warn: ((text: string) => void) | null = null,
): Printer {
  const printMessage = (isSent: boolean, frames: readonly Frame[]) => {
    write(isSent ? `-> ${showFrames(sent, frames)}\n` : `<- ${showFrames(received, frames)}\n`)
    if (!isSent && warn) warnOfHex(frames, () => received, warn)
  }
  return {
    listening: (endpoint, who = 'server') => write(`ZeroMQ ${who} listening on ${endpoint}\n`),
    connecting: (endpoint, who = 'client') => write(`ZeroMQ ${who} connecting to ${endpoint}\n`),
    message(record) {
      if (record.kind === 'message') printMessage(record.direction === 'sent', messageOf(record))
    },
    decision: (decision) => complain(escapeHidden(describeDecision(decision))),
  }
}

/** The same without messages. */
export const quietPrinter = (printer: Printer): Printer => ({ ...printer, message: () => undefined })

/** Tells of the first frame that its encoding cannot show. An empty one is shown as hex in any case. */
export function warnOfHex(
  frames: readonly Frame[],
  shownAs: (index: number) => ShownAs,
  warn: (text: string) => void,
): void {
  for (const [index, frame] of frames.entries()) {
    const why = frame.byteLength === 0 ? null : whyHex(shownAs(index), frame)
    if (why === null) continue
    warn(`warning: ${frames.length === 1 ? 'shown as hex' : `frame ${index + 1} is shown as hex`}, ${why}`)
    return
  }
}

const base64 = (frame: Frame): string =>
  Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64')

/**
 * Lines for programs, one JSON object each:
 *
 *     {"event":"listening","endpoint":"tcp://127.0.0.1:25933"}
 *     {"event":"connecting","endpoint":"tcp://127.0.0.1:25933"}
 *     {"event":"sent","at":"2024-02-29T12:34:56.789Z","frames":["SGk="],"text":["Hi"],"roundTripNs":null}
 *     {"event":"received","at":"2024-02-29T12:34:56.790Z","frames":["/w=="],"text":[null],"roundTripNs":190000}
 *     {"event":"authentication","at":"2024-02-29T12:34:56.788Z","outcome":"admitted","mechanism":"PLAIN",
 *      "address":"127.0.0.1","who":"alice","status":200,"why":"User name and password are right."}
 *
 * `frames` are the exact bytes as base64; `text` is each frame as text, or null where it is not UTF-8. `roundTripNs`
 * is in nanoseconds, and null for anything but a reply to a request of our own. With `showsPeers`, `peer` is the routing
 * id of the other end as hex digits, or null where there is none. With `showsNames`, `name` is the endpoint of the socket.
 * `outcome` is `admitted`, `refused`, or `failed` before
 * anybody could decide; `who` is a user name or a public key. `address`, `who` and `status` are null where there is none.
 */
export function jsonPrinter(write: Write, showsPeers = false, showsNames = false): Printer {
  const print = (line: object) => write(`${escapeHidden(JSON.stringify(line))}\n`)
  return {
    listening: (endpoint) => print({ event: 'listening', endpoint }),
    connecting: (endpoint) => print({ event: 'connecting', endpoint }),
    message(record) {
      const { kind, direction, at, roundTripNs } = record
      if (kind !== 'message') return
      const frames = messageOf(record)
      print({
        event: direction,
        at: new Date(at).toISOString(),
        frames: frames.map(base64),
        text: frames.map((frame) => decodeUtf8(frame) ?? null),
        roundTripNs,
        ...(showsPeers ? { peer: peerOf(record) } : {}),
        ...(showsNames ? { name: record.name } : {}),
      })
    },
    decision: ({ at, outcome, mechanism, address, who, status, why }) =>
      print({
        event: 'authentication',
        at: new Date(at).toISOString(),
        outcome,
        mechanism,
        address,
        who,
        status,
        why,
      }),
  }
}
