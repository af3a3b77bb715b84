import type { FrameView, LogViews } from '../engine/transcript/protocol.ts'
import type { EncodingId } from '../shared/codecs/codec.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { replyViewsOf, type SocketDraft, type Workspace } from '../shared/workspace.ts'

/** Encodings that a reply is read in when its request has them. Protobuf's reply has another type than its request. */
const shared: readonly EncodingId[] = ['messagepack', 'cbor']

/** The views of a socket's reply frames: those chosen, and else the encoding of the request, as in the reply view. */
function receivedViews(socket: SocketDraft): (FrameView | null)[] {
  const replyViews = replyViewsOf(socket)
  const positions = Object.keys(replyViews).map(Number)
  const length = Math.max(socket.frames.length, ...positions.map((position) => position + 1))
  return Array.from({ length }, (_, index) => {
    const { view, message, layers } = replyViews[`${index}`] ?? { view: null, message: null, layers: [] }
    // Decompressing layers is too much work for a list.
    if (layers.length > 0) return null
    const like = shared.find((encoding) => encoding === socket.frames[index]?.encoding) ?? null
    const encoding = view ?? like
    return encoding === null ? null : { encoding, message }
  })
}

/** What the log knows of each socket, and how it shows its messages: requests as written, replies as viewed. */
export function logViewsOf({ sockets }: Workspace, schema: ProtobufSchema): LogViews {
  const entries = sockets.map((socket) => {
    const sent = socket.frames.map(({ encoding, message }) => ({ encoding, message }))
    return [socket.id, { name: socket.name, sent, received: receivedViews(socket) }]
  })
  return { sessions: Object.fromEntries(entries), schema }
}
