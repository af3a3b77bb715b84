import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import type { RecordedSocket } from '../shared/recording/format.ts'
import { echoServerId, echoServerSpec, type SocketSpec } from '../shared/session/spec.ts'
import type { Workspace } from '../shared/workspace.ts'
import { logViewsOf } from './frame-views.ts'

/** What a recording tells of the sockets of the window, by their sessions; null for one that was removed. */
export function recordedSockets(
  workspace: Workspace,
  schema: ProtobufSchema,
): (session: string) => RecordedSocket | null {
  const { sessions } = logViewsOf(workspace, schema)
  const told = (session: string, name: string, { pattern, attach, subscriptions, security }: SocketSpec) => {
    const { sent = [], received = [] } = sessions[session] ?? {}
    const views = { sent: { frames: sent, others: null }, received: { frames: received, others: null } }
    return { session, name, pattern, attach, subscriptions, security: security.kind, views }
  }
  return (session) => {
    if (session === echoServerId) return told(session, '', echoServerSpec(workspace.serverEndpoint))
    const draft = workspace.sockets.find(({ id }) => id === session)
    return draft ? told(session, draft.name, draft) : null
  }
}
