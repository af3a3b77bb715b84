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

/** Decodes the frames as they will be shown, and keeps the time that took apart from the round trip. */
export function receive(exchange: Exchange, encodeNs: number | null): ReceivedReply {
  const start = performance.now()
  const views = exchange.frames.map(viewFor)
  for (const [index, frame] of exchange.frames.entries()) {
    const view = views[index]
    if (view !== undefined && frame.byteLength <= largeFrameBytes) codecs[view].decode(frame)
  }
  const decodeNs = (performance.now() - start) * millisecondsToNanoseconds
  return { exchange, encodeNs, decodeNs, views }
}
