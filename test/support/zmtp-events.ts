import type { Command } from '../../src/shared/zmq/zmtp/command.ts'
import type { Greeting } from '../../src/shared/zmq/zmtp/greeting.ts'
import type { FrameKind, Speaks } from '../../src/shared/zmq/zmtp/protocol.ts'
import { type ReaderOptions, ZmtpReader } from '../../src/shared/zmq/zmtp/reader.ts'
import type { Violation } from '../../src/shared/zmq/zmtp/violation.ts'

export type ZmtpEvent =
  | { readonly type: 'greeting'; readonly greeting: Greeting; readonly speaks: Speaks }
  /** `payload`: empty until the frame is whole. */
  | {
      readonly type: 'frame'
      readonly kind: FrameKind
      readonly more: boolean
      readonly size: number
      readonly offset: number
      payload: Buffer
      isWhole: boolean
    }
  | { readonly type: 'identity'; readonly identity: string }
  | { readonly type: 'command'; readonly command: Command; readonly offset: number }
  | { readonly type: 'violation'; readonly violation: Violation }

/** A reader that collects what it is told, the payloads of whole frames in one piece. */
export function collecting(options?: ReaderOptions): { readonly reader: ZmtpReader; readonly events: ZmtpEvent[] } {
  const events: ZmtpEvent[] = []
  let pieces: Buffer[] = []
  const settle = (isWhole: boolean) => {
    const frame = events.findLast((event) => event.type === 'frame')
    if (!frame || frame.isWhole) return
    frame.payload = Buffer.concat(pieces)
    frame.isWhole = isWhole
    pieces = []
  }
  const reader = new ZmtpReader(
    {
      greeting: (greeting, speaks) => events.push({ type: 'greeting', greeting, speaks }),
      frame(kind, more, size, offset) {
        events.push({ type: 'frame', kind, more, size, offset, payload: Buffer.alloc(0), isWhole: false })
      },
      payload(chunk, start, end) {
        if (end <= start) throw new Error('an empty slice')
        pieces.push(Buffer.from(chunk.subarray(start, end)))
      },
      frameEnd: () => settle(true),
      identity: (identity) => events.push({ type: 'identity', identity: Buffer.from(identity).toString('hex') }),
      // A slice would change with the chunk.
      command: (command, offset) => events.push({ type: 'command', command: structuredClone(command), offset }),
      violation: (violation) => events.push({ type: 'violation', violation }),
    },
    options,
  )
  return { reader, events }
}

/** What a reader tells of the bytes, given in pieces of these sizes, over and over. */
export function eventsOf(bytes: Uint8Array, sizes: readonly number[] = [bytes.length], options?: ReaderOptions) {
  const { reader, events } = collecting(options)
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const end = Math.min(bytes.length, at + Math.max(1, sizes[turn % sizes.length] ?? 1))
    reader.read(bytes.subarray(at, end))
    at = end
  }
  return events
}
