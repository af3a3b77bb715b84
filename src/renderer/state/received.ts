import type { EncodingId } from '../../shared/codecs/codec.ts'
import { codecs } from '../../shared/codecs/index.ts'
import { suggestView } from '../../shared/codecs/suggest.ts'
import type { Exchange } from '../../shared/message.ts'
import type { ReceivedReply } from './live-store.ts'

/** Frames above this size are shown page by page, closed at first, and never decoded whole without being asked. */
export const largeFrameBytes = 1024 * 1024

const millisecondsToNanoseconds = 1e6

export function viewFor(bytes: Uint8Array): EncodingId {
  return bytes.byteLength > largeFrameBytes ? 'hex' : suggestView(bytes)
}

/** At most so many frames of a message are open at first. */
const openFrames = 50

/** How many frames of a message are open at first: the first ones, as long as they are few and small together. */
export function countOpenFrames(frames: readonly Uint8Array[]): number {
  let size = 0
  const closed = frames.findIndex((frame, index) => {
    size += frame.byteLength
    return index >= openFrames || size > largeFrameBytes
  })
  return closed < 0 ? frames.length : closed
}

/** Decodes the frames that will be open, and keeps the time that took apart from the round trip. */
export function receive(exchange: Exchange, encodeNs: number | null): ReceivedReply {
  const open = exchange.frames.slice(0, countOpenFrames(exchange.frames))
  const start = performance.now()
  const views = open.map(viewFor)
  for (const [index, frame] of open.entries()) codecs[views[index] ?? 'hex'].decode(frame)
  const decodeNs = (performance.now() - start) * millisecondsToNanoseconds
  return { exchange, encodeNs, decodeNs, views }
}
