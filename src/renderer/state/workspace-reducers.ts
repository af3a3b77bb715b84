import type { EncodingId } from '../../shared/codecs/codec.ts'
import { endpointOf } from '../../shared/session/spec.ts'
import { possibleTiming } from '../../shared/session/timing.ts'
import type { Settings } from '../../shared/settings.ts'
import {
  type DraftFrame,
  defaultEndpoint,
  defaultStreamEndpoint,
  frameIdOf,
  maximumFrames,
  newFrame,
  newSocket,
  newSpec,
  type SocketDraft,
  type Workspace,
} from '../../shared/workspace.ts'
import type { PatternId } from '../../shared/zmq/patterns.ts'

/** A pure step from one workspace to the next; returns the same workspace when nothing changes. */
export type WorkspaceStep = (workspace: Workspace) => Workspace

export const activeDraft = (workspace: Workspace): SocketDraft => {
  const active = workspace.sockets.find(({ id }) => id === workspace.activeSocket) ?? workspace.sockets[0]
  // The schema requires at least one socket, and no step removes the last one.
  if (!active) throw new Error('A workspace without a socket')
  return active
}

export const updateSocket =
  (id: string, patch: Partial<Omit<SocketDraft, 'id'>>): WorkspaceStep =>
  (workspace) => ({
    ...workspace,
    sockets: workspace.sockets.map((each) => (each.id === id ? { ...each, ...patch } : each)),
  })

/** Defaults for new sockets. */
export type SocketDefaults = Pick<Settings, 'defaultTimeoutMs' | 'defaultEncoding'>

/** The default greeting stays in Text; in another encoding it would be invalid. */
function draftWith(socket: SocketDraft, { defaultTimeoutMs, defaultEncoding }: SocketDefaults): SocketDraft {
  const encoding = defaultEncoding
  const frames = socket.frames.map((frame) => ({ ...frame, encoding, text: encoding === 'text' ? frame.text : '' }))
  return { ...socket, timeoutMs: defaultTimeoutMs, frames }
}

/** The endpoint of a new socket: a REQ gets that of the active one, if that connects, too. */
function beginningOf(pattern: PatternId, active: SocketDraft): string {
  if (pattern !== 'req') return defaultStreamEndpoint
  return active.pattern === 'req' ? endpointOf(active) || defaultEndpoint : defaultEndpoint
}

/** Appends a socket, which connects to `endpoint` where that is given, and activates it. */
export const addSocket =
  (id: string, defaults: SocketDefaults, endpoint?: string, pattern: PatternId = 'req'): WorkspaceStep =>
  (workspace) => {
    const to = endpoint ?? beginningOf(pattern, activeDraft(workspace))
    const sockets = [...workspace.sockets, draftWith(newSocket(id, to, pattern), defaults)]
    return { ...workspace, activeSocket: id, sockets }
  }

/** Gives a socket another kind: its message, its name and its endpoints stay, and so do the options that both have. */
export const changePattern =
  (id: string, pattern: PatternId): WorkspaceStep =>
  (workspace) => ({
    ...workspace,
    sockets: workspace.sockets.map((each) => {
      if (each.id !== id || each.pattern === pattern) return each
      const { subscriptions, attach } = newSpec(pattern, endpointOf(each))
      // A REQ connects, as a rule.
      const connects = pattern === 'req' && each.attach.length === 1
      return {
        ...each,
        pattern,
        attach: connects ? attach : [...each.attach],
        subscriptions: each.subscriptions.length > 0 ? each.subscriptions : subscriptions,
        behaviour: null,
        timing: possibleTiming(pattern, each.timing),
      }
    }),
  })

/** Moves a socket to another place of the list. */
export const moveSocket =
  (id: string, to: number): WorkspaceStep =>
  (workspace) => {
    const moved = workspace.sockets.find((each) => each.id === id)
    if (!moved) return workspace
    const others = workspace.sockets.filter((each) => each !== moved)
    const place = Math.max(0, Math.min(others.length, to))
    return { ...workspace, sockets: others.toSpliced(place, 0, moved) }
  }

/** Puts a copy behind a socket, and activates it. Attached files stay with the one they were loaded for. */
export const duplicateSocket =
  (id: string, copyId: string): WorkspaceStep =>
  (workspace) => {
    const index = workspace.sockets.findIndex((each) => each.id === id)
    const copied = workspace.sockets[index]
    if (!copied) return workspace
    const frames = copied.frames.map((frame, place) => ({
      ...frame,
      id: frameIdOf(copyId, String(place + 1)),
      attachment: null,
    }))
    const copy = { ...copied, id: copyId, frames }
    return { ...workspace, activeSocket: copyId, sockets: workspace.sockets.toSpliced(index + 1, 0, copy) }
  }

/** Removes a socket; the last one is replaced by a new one under `replacementId`. */
export const removeSocket =
  (id: string, replacementId: string, defaults: SocketDefaults): WorkspaceStep =>
  (workspace) => {
    const index = workspace.sockets.findIndex((each) => each.id === id)
    if (index < 0) return workspace
    const rest = workspace.sockets.filter((each) => each.id !== id)
    const sockets = rest.length > 0 ? rest : [draftWith(newSocket(replacementId), defaults)]
    const neighbour = sockets[Math.min(index, sockets.length - 1)]
    const activeSocket = workspace.activeSocket === id && neighbour ? neighbour.id : workspace.activeSocket
    return { ...workspace, sockets, activeSocket }
  }

/** Restores a removed socket to its position and activates it. Its replacement is removed unless it has changed. */
export const restoreSocket =
  (draft: SocketDraft, index: number, replacement: SocketDraft | null): WorkspaceStep =>
  (workspace) => {
    if (workspace.sockets.some(({ id }) => id === draft.id)) return workspace
    const others = workspace.sockets.filter((each) => each !== replacement)
    return { ...workspace, activeSocket: draft.id, sockets: others.toSpliced(index, 0, draft) }
  }

/** Gives new ids to frames that share one with another socket, as in older workspaces. */
export const withOwnFrameIds: WorkspaceStep = (workspace) => {
  const seen = new Set<string>()
  const ownId = (id: string, sessionId: string, index: number): string => {
    const own = seen.has(id) ? frameIdOf(sessionId, `${index}-${seen.size}`) : id
    seen.add(own)
    return own
  }
  return {
    ...workspace,
    sockets: workspace.sockets.map((socket) => ({
      ...socket,
      frames: socket.frames.map((frame, index) => ({ ...frame, id: ownId(frame.id, socket.id, index) })),
    })),
  }
}

const editFrames =
  (sessionId: string, edit: (frames: readonly DraftFrame[]) => DraftFrame[]): WorkspaceStep =>
  (workspace) => ({
    ...workspace,
    sockets: workspace.sockets.map((each) => (each.id === sessionId ? { ...each, frames: edit(each.frames) } : each)),
  })

export const updateFrame = (sessionId: string, frameId: string, patch: Partial<Omit<DraftFrame, 'id'>>) =>
  editFrames(sessionId, (frames) => frames.map((each) => (each.id === frameId ? { ...each, ...patch } : each)))

/** Appends an empty frame in the encoding of the last one. */
export const addFrame = (sessionId: string, frameId: string) =>
  editFrames(sessionId, (frames) => {
    if (frames.length >= maximumFrames) return [...frames]
    const encoding: EncodingId = frames.at(-1)?.encoding ?? 'text'
    return [...frames, { ...newFrame(frameId), encoding }]
  })

export const removeFrame = (sessionId: string, frameId: string) =>
  editFrames(sessionId, (frames) => {
    const rest = frames.filter((each) => each.id !== frameId)
    return rest.length > 0 ? rest : [...frames]
  })

/** Inserts a frame at a place, counted from 0. Does nothing when there is one of its id. */
export const insertFrame = (sessionId: string, frame: DraftFrame, index: number) =>
  editFrames(sessionId, (frames) =>
    frames.length >= maximumFrames || frames.some(({ id }) => id === frame.id)
      ? [...frames]
      : [...frames].toSpliced(index, 0, frame),
  )

/** Inserts a copy right after the frame. */
export const duplicateFrame = (sessionId: string, frameId: string, copyId: string) =>
  editFrames(sessionId, (frames) =>
    frames.length >= maximumFrames
      ? [...frames]
      : frames.flatMap((each) => (each.id === frameId ? [each, { ...each, id: copyId }] : [each])),
  )

/** Moves a frame by `distance` positions, as far as possible. */
export const moveFrame = (sessionId: string, frameId: string, distance: number) =>
  editFrames(sessionId, (frames) => {
    const from = frames.findIndex((each) => each.id === frameId)
    const moved = frames[from]
    if (!moved) return [...frames]
    const rest = frames.filter((each) => each.id !== frameId)
    const to = Math.max(0, Math.min(rest.length, from + distance))
    return [...rest.slice(0, to), moved, ...rest.slice(to)]
  })
