import { type DraftFrame, maximumHistory, type SentMessage, type Workspace } from '../../shared/workspace.ts'
import { offerFramesBack, offerUndo } from './undo.ts'
import { windowStore } from './window-store.ts'
import { updateSocket, type WorkspaceStep } from './workspace-reducers.ts'
import { applyStep, useWorkspace, workspaceStore } from './workspace-store.ts'

/** A longer message is not remembered, in characters: the log has it. */
const longestMessage = 50_000
/** All that is remembered, of all sockets, in characters: it is saved with every change. */
const longestHistory = 250_000

const lengthOf = (frames: readonly DraftFrame[]): number => frames.reduce((total, { text }) => total + text.length, 0)

const isSame = (one: readonly DraftFrame[], other: readonly DraftFrame[]): boolean =>
  one.length === other.length &&
  one.every((frame, index) => {
    const { text, encoding, message, attachment } = other[index] ?? {}
    return (
      frame.text === text &&
      frame.encoding === encoding &&
      frame.message === message &&
      frame.attachment?.name === attachment?.name &&
      frame.attachment?.size === attachment?.size
    )
  })

/** Drops the oldest messages, of whichever socket, until the rest is short enough. */
function bounded(history: Workspace['history']): Workspace['history'] {
  const all = Object.entries(history).flatMap(([id, sent]) => sent.map((message) => ({ id, message })))
  let room = longestHistory
  const kept: Record<string, SentMessage[]> = {}
  for (const { id, message } of all.sort((one, other) => other.message.at - one.message.at)) {
    room -= lengthOf(message.frames)
    if (room < 0) break
    kept[id] = [...(kept[id] ?? []), message]
  }
  return kept
}

/** Remembers a message that a socket sent at a time, in milliseconds since the epoch. One that was sent before moves up. */
export const remember =
  (sessionId: string, frames: readonly DraftFrame[], at: number): WorkspaceStep =>
  (workspace) => {
    if (lengthOf(frames) > longestMessage) return workspace
    const before = (workspace.history[sessionId] ?? []).filter((each) => !isSame(each.frames, frames))
    const sent = [{ at, frames: [...frames] }, ...before].slice(0, maximumHistory)
    // One that was removed may come back.
    const removed = windowStore.getState().removed?.draft.id
    const known = new Set([...workspace.sockets.map(({ id }) => id), ...(removed === undefined ? [] : [removed])])
    const others = Object.entries(workspace.history).filter(([id]) => known.has(id))
    return { ...workspace, history: bounded({ ...Object.fromEntries(others), [sessionId]: sent }) }
  }

const none: readonly SentMessage[] = []

/** The messages that a socket sent last, the newest first. */
export const useHistory = (sessionId: string): readonly SentMessage[] =>
  useWorkspace(({ history }) => history[sessionId] ?? none)

/** Where a person has gone back to in the history of a socket, and what was written before. */
interface Walk {
  readonly sessionId: string
  /** Into the history. */
  readonly index: number
  /** The frames that the last step put there. */
  readonly shown: readonly DraftFrame[]
  readonly written: readonly DraftFrame[]
}

let walk: Walk | null = null

/**
 * The frames with ids of their own. Files are not kept with what was sent: another may be in the place of the one that
 * was, so it has to be loaded again.
 */
const anew = (frames: readonly DraftFrame[]): DraftFrame[] =>
  frames.map((frame) => ({ ...frame, id: crypto.randomUUID() }))

const framesOf = (sessionId: string): readonly DraftFrame[] =>
  workspaceStore.getState().sockets.find(({ id }) => id === sessionId)?.frames ?? []

/** Brings a message that was sent back, in place of the one that is written. That can be undone. */
export function bringBack(sessionId: string, sent: SentMessage): void {
  const before = framesOf(sessionId)
  applyStep(updateSocket(sessionId, { frames: anew(sent.frames) }))
  offerFramesBack('Message brought back', sessionId, before)
}

/** Forgets all that was sent, and the endpoints and commands used last. That can be undone. */
export function forgetRecent(): void {
  const { history, recentEndpoints, recentCommands } = workspaceStore.getState()
  applyStep((workspace) => ({ ...workspace, history: {}, recentEndpoints: [], recentCommands: [] }))
  offerUndo('Recent messages, endpoints and commands forgotten', () =>
    applyStep((workspace) => ({ ...workspace, history, recentEndpoints, recentCommands })),
  )
}

/**
 * Goes to the message sent before the one that is shown, or after it: beyond the newest is what was written before. Does
 * nothing beyond either end.
 */
export function stepInHistory(sessionId: string, by: 1 | -1): void {
  const now = framesOf(sessionId)
  const history = workspaceStore.getState().history[sessionId] ?? none
  // Whatever was written since begins a walk of its own.
  const current = walk?.sessionId === sessionId && isSame(walk.shown, now) ? walk : null
  const newest = history[0]
  const from = current?.index ?? (newest && isSame(newest.frames, now) ? 0 : -1)
  const index = from + by
  if (index < -1 || index >= history.length) return
  const written = current?.written ?? now
  const frames = index === -1 ? [...written] : anew(history[index]?.frames ?? [])
  if (frames.length === 0) return
  walk = { sessionId, index, shown: frames, written }
  applyStep(updateSocket(sessionId, { frames }))
  // What was written and never sent is nowhere else.
  if (current === null) offerFramesBack('Message brought back', sessionId, now)
}
