import type { FrameView, LogViews } from '../engine/transcript/protocol.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { replyViewsOf, type SocketDraft, type Workspace } from '../shared/workspace.ts'

/** The chosen views of a socket's reply frames. */
function receivedViews(socket: SocketDraft): (FrameView | null)[] {
  const replyViews = replyViewsOf(socket)
  const positions = Object.keys(replyViews).map(Number)
  return Array.from({ length: Math.max(0, ...positions.map((position) => position + 1)) }, (_, index) => {
    const { view, message, layers } = replyViews[`${index}`] ?? { view: null, message: null, layers: [] }
    // Decompressing layers is too much work for a list.
    return view === null || layers.length > 0 ? null : { encoding: view, message }
  })
}

/** How the log shows the messages of each socket: requests as written, replies as viewed. */
export function logViewsOf({ sockets }: Workspace, schema: ProtobufSchema): LogViews {
  const entries = sockets.map((socket) => {
    const sent = socket.frames.map(({ encoding, message }) => ({ encoding, message }))
    return [socket.id, { sent, received: receivedViews(socket) }]
  })
  return { sessions: Object.fromEntries(entries), schema }
}
