import type { AppCommandId } from '../../shared/app-commands.ts'
import type { SocketDraft } from '../../shared/workspace.ts'
import { patternOf } from '../../shared/zmq/patterns.ts'
import { labStateStore } from './lab-state-store.ts'
import { logStore } from './log-store.ts'
import { sessionStore } from './session-store.ts'
import { undoable } from './undo.ts'
import { windowStore } from './window-store.ts'
import { activeDraft } from './workspace-reducers.ts'
import { workspaceStore } from './workspace-store.ts'

/** What commands depend on. */
export interface Situation {
  /** The socket that is shown. */
  readonly draft: SocketDraft
  /** Its place in the list, from 0, and how many sockets there are. */
  readonly place: number
  readonly sockets: number
  readonly hasReply: boolean
  /** Whether the frames of a reply, or of a message of the log, can be seen. */
  readonly isRead: boolean
  /** Whether a message is being sent or repeated, or the lab is at work. */
  readonly isBusy: boolean
  readonly canUndo: boolean
}

/** Why something cannot be done; null when it can. */
type Reason = (now: Situation) => string | null

const needsToSend: Reason = ({ draft }) => {
  const { label, sends } = patternOf(draft.pattern)
  return sends ? null : `A ${label} only receives.`
}
const needsReply: Reason = ({ hasReply }) => (hasReply ? null : 'There is no reply yet.')
const needsSomethingRead: Reason = ({ isRead }) => (isRead ? null : 'Nothing is shown yet.')
const needsOthers: Reason = ({ sockets }) => (sockets > 1 ? null : 'There is no other socket.')

/** Those that do not always work. */
const reasons: Readonly<Partial<Record<AppCommandId, Reason>>> = {
  send: needsToSend,
  repeat: needsToSend,
  format: needsToSend,
  'add-frame': needsToSend,
  'insert-frame': needsToSend,
  'duplicate-frame': needsToSend,
  'move-frame-up': needsToSend,
  'move-frame-down': needsToSend,
  'load-frame': needsToSend,
  'remove-frame': needsToSend,
  'earlier-message': needsToSend,
  'later-message': needsToSend,
  'focus-request': needsToSend,
  cancel: ({ isBusy }) => (isBusy ? null : 'Nothing is under way.'),
  'undo-last': ({ canUndo }) => (canUndo ? null : 'Nothing to undo.'),
  'use-reply': needsReply,
  'copy-reply-text': needsReply,
  'copy-reply-hex': needsReply,
  'expand-all': needsSomethingRead,
  'collapse-all': needsSomethingRead,
  find: needsSomethingRead,
  'move-socket-up': ({ place }) => (place > 0 ? null : 'It is the first.'),
  'move-socket-down': ({ place, sockets }) => (place < sockets - 1 ? null : 'It is the last.'),
  'next-connection': needsOthers,
  'previous-connection': needsOthers,
}

/** Why a command cannot do anything, in a sentence; null when it can. */
export const reasonAgainst = (id: AppCommandId, now: Situation): string | null => reasons[id]?.(now) ?? null

function situation(): Situation {
  const workspace = workspaceStore.getState()
  const draft = activeDraft(workspace)
  const { outcomes, sessions } = sessionStore.getState()
  const outcome = outcomes[draft.id]
  const hasReply = (outcome?.reply ?? null) !== null
  return {
    draft,
    place: workspace.sockets.findIndex(({ id }) => id === draft.id),
    sockets: workspace.sockets.length,
    hasReply,
    isRead: hasReply || logStore.getState().viewed !== null,
    isBusy:
      (outcome?.sendingSince ?? null) !== null ||
      sessions[draft.id]?.repeat?.running === true ||
      labStateStore.getState().activity !== 'idle',
    canUndo: undoable() !== null || windowStore.getState().removed !== null,
  }
}

/** Why a command cannot do anything now, in a sentence; null when it can. */
export const notNow = (id: AppCommandId): string | null => reasonAgainst(id, situation())
