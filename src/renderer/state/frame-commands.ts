import type { DraftFrame, SocketDraft } from '../../shared/workspace.ts'
import { copyFrame, insertFrameAbove, removeFrameAt } from './frame-actions.ts'
import { loadIntoFrame } from './load-into-frame.ts'
import { activeDraft, moveFrame } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** The frame that had the focus last. */
let latest = ''

/** Remembers that a frame has the focus: commands are about it. */
export function noteFrame(frameId: string): void {
  latest = frameId
}

interface Target {
  readonly draft: SocketDraft
  readonly frame: DraftFrame
  /** Counted from 0. */
  readonly index: number
}

/** The frame that had the focus last, or else the first one of the socket that is shown. */
function target(): Target | null {
  const draft = activeDraft(workspaceStore.getState())
  const index = Math.max(
    0,
    draft.frames.findIndex(({ id }) => id === latest),
  )
  const frame = draft.frames[index]
  return frame ? { draft, frame, index } : null
}

const move = (by: 1 | -1) => (): void => {
  const at = target()
  if (at) applyStep(moveFrame(at.draft.id, at.frame.id, by))
}

/** What a command does with the frame that had the focus last. */
export const frameCommands = {
  'duplicate-frame': async () => {
    const at = target()
    if (at) await copyFrame(at.draft.id, at.frame)
  },
  'insert-frame': () => {
    const at = target()
    if (at) insertFrameAbove(at.draft.id, at.frame, at.index)
  },
  'load-frame': async () => {
    const at = target()
    if (at) await loadIntoFrame(at.draft.id, at.frame.id, at.index + 1, null)
  },
  'move-frame-up': move(-1),
  'move-frame-down': move(1),
  'remove-frame': () => {
    const at = target()
    if (at && at.draft.frames.length > 1) removeFrameAt(at.draft.id, at.frame, at.index)
  },
} as const
