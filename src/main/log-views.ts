import type { FrameView, LogViews } from '../engine/log-protocol.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import type { ConnectionDraft, Workspace } from '../shared/workspace.ts'

/** The chosen views of a connection's reply frames. */
function receivedViews({ replyViews }: ConnectionDraft): (FrameView | null)[] {
  const positions = Object.keys(replyViews).map(Number)
  return Array.from({ length: Math.max(0, ...positions.map((position) => position + 1)) }, (_, index) => {
    const { view, message, layers } = replyViews[`${index}`] ?? { view: null, message: null, layers: [] }
    // Decompressing layers is too much work for a list.
    return view === null || layers.length > 0 ? null : { encoding: view, message }
  })
}

/** How the log shows the messages of each connection: requests as written, replies as viewed. */
export function logViewsOf({ connections }: Workspace, schema: ProtobufSchema): LogViews {
  const entries = connections.map((connection) => {
    const sent = connection.frames.map(({ encoding, message }) => ({ encoding, message }))
    return [connection.id, { sent, received: receivedViews(connection) }]
  })
  return { sources: Object.fromEntries(entries), schema }
}
