import type { EncodingId } from '../../shared/codecs/codec.ts'
import type { Settings } from '../../shared/settings.ts'
import {
  type ConnectionDraft,
  type DraftFrame,
  defaultEndpoint,
  frameIdOf,
  newConnection,
  newFrame,
  type Workspace,
} from '../../shared/workspace.ts'

/** A pure step from one workspace to the next; returns the same workspace when nothing changes. */
export type WorkspaceStep = (workspace: Workspace) => Workspace

export const activeDraft = (workspace: Workspace): ConnectionDraft => {
  const active = workspace.connections.find(({ id }) => id === workspace.activeConnection) ?? workspace.connections[0]
  // The schema requires at least one connection, and no step removes the last one.
  if (!active) throw new Error('A workspace without a connection')
  return active
}

export const updateConnection =
  (id: string, patch: Partial<Omit<ConnectionDraft, 'id'>>): WorkspaceStep =>
  (workspace) => ({
    ...workspace,
    connections: workspace.connections.map((each) => (each.id === id ? { ...each, ...patch } : each)),
  })

/** Defaults for new connections. */
export type ConnectionDefaults = Pick<Settings, 'defaultTimeoutMs' | 'defaultEncoding'>

/** The default greeting stays in Text; in another encoding it would be invalid. */
function draftWith(
  connection: ConnectionDraft,
  { defaultTimeoutMs, defaultEncoding }: ConnectionDefaults,
): ConnectionDraft {
  const encoding = defaultEncoding
  const frames = connection.frames.map((frame) => ({ ...frame, encoding, text: encoding === 'text' ? frame.text : '' }))
  return { ...connection, timeoutMs: defaultTimeoutMs, frames }
}

/** Appends a connection to `endpoint`, or to the active one's, and activates it. */
export const addConnection =
  (id: string, defaults: ConnectionDefaults, endpoint?: string): WorkspaceStep =>
  (workspace) => {
    const to = endpoint ?? (activeDraft(workspace).endpoint || defaultEndpoint)
    const connections = [...workspace.connections, draftWith(newConnection(id, to), defaults)]
    return { ...workspace, activeConnection: id, connections }
  }

/** Removes a connection; the last one is replaced by a new one under `replacementId`. */
export const removeConnection =
  (id: string, replacementId: string, defaults: ConnectionDefaults): WorkspaceStep =>
  (workspace) => {
    const index = workspace.connections.findIndex((each) => each.id === id)
    if (index < 0) return workspace
    const rest = workspace.connections.filter((each) => each.id !== id)
    const connections = rest.length > 0 ? rest : [draftWith(newConnection(replacementId), defaults)]
    const neighbour = connections[Math.min(index, connections.length - 1)]
    const activeConnection = workspace.activeConnection === id && neighbour ? neighbour.id : workspace.activeConnection
    return { ...workspace, connections, activeConnection }
  }

/** Restores a removed connection to its position and activates it. Its replacement is removed unless it has changed. */
export const restoreConnection =
  (draft: ConnectionDraft, index: number, replacement: ConnectionDraft | null): WorkspaceStep =>
  (workspace) => {
    if (workspace.connections.some(({ id }) => id === draft.id)) return workspace
    const others = workspace.connections.filter((each) => each !== replacement)
    return { ...workspace, activeConnection: draft.id, connections: others.toSpliced(index, 0, draft) }
  }

/** Gives new ids to frames that share one with another connection, as in older workspaces. */
export const withOwnFrameIds: WorkspaceStep = (workspace) => {
  const seen = new Set<string>()
  const ownId = (id: string, connectionId: string, index: number): string => {
    const own = seen.has(id) ? frameIdOf(connectionId, `${index}-${seen.size}`) : id
    seen.add(own)
    return own
  }
  return {
    ...workspace,
    connections: workspace.connections.map((connection) => ({
      ...connection,
      frames: connection.frames.map((frame, index) => ({ ...frame, id: ownId(frame.id, connection.id, index) })),
    })),
  }
}

const editFrames =
  (connectionId: string, edit: (frames: readonly DraftFrame[]) => DraftFrame[]): WorkspaceStep =>
  (workspace) => ({
    ...workspace,
    connections: workspace.connections.map((each) =>
      each.id === connectionId ? { ...each, frames: edit(each.frames) } : each,
    ),
  })

export const updateFrame = (connectionId: string, frameId: string, patch: Partial<Omit<DraftFrame, 'id'>>) =>
  editFrames(connectionId, (frames) => frames.map((each) => (each.id === frameId ? { ...each, ...patch } : each)))

/** Appends an empty frame in the encoding of the last one. */
export const addFrame = (connectionId: string, frameId: string) =>
  editFrames(connectionId, (frames) => {
    const encoding: EncodingId = frames.at(-1)?.encoding ?? 'text'
    return [...frames, { ...newFrame(frameId), encoding }]
  })

export const removeFrame = (connectionId: string, frameId: string) =>
  editFrames(connectionId, (frames) => {
    const rest = frames.filter((each) => each.id !== frameId)
    return rest.length > 0 ? rest : [...frames]
  })

/** Inserts a copy right after the frame. */
export const duplicateFrame = (connectionId: string, frameId: string, copyId: string) =>
  editFrames(connectionId, (frames) =>
    frames.flatMap((each) => (each.id === frameId ? [each, { ...each, id: copyId }] : [each])),
  )

/** Moves a frame by `distance` positions, as far as possible. */
export const moveFrame = (connectionId: string, frameId: string, distance: number) =>
  editFrames(connectionId, (frames) => {
    const from = frames.findIndex((each) => each.id === frameId)
    const moved = frames[from]
    if (!moved) return [...frames]
    const rest = frames.filter((each) => each.id !== frameId)
    const to = Math.max(0, Math.min(rest.length, from + distance))
    return [...rest.slice(0, to), moved, ...rest.slice(to)]
  })
