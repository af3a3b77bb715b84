import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { DraftFrame } from '../../shared/workspace.ts'
import { updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** Something that was replaced or removed, and can be had back. */
export interface Undoable {
  /** What was done, such as `Frame 2 removed`. */
  readonly what: string
  readonly undo: () => void | Promise<void>
  /** `Redo` where it was undone before. */
  readonly verb: 'Undo' | 'Redo'
}

const offered = createStore<{ readonly last: Undoable | null }>()(() => ({ last: null }))

export const useUndoable = (): Undoable | null => useStore(offered, ({ last }) => last)

export const undoable = (): Undoable | null => offered.getState().last

/** Offers to undo what was just done, until something else is. */
export function offerUndo(what: string, undo: Undoable['undo'], verb: Undoable['verb'] = 'Undo'): void {
  offered.setState({ last: { what, undo, verb } })
}

/** Withdraws the offer. */
export function withdrawUndo(): void {
  offered.setState({ last: null })
}

/** Undoes what was done last. Does nothing when nothing is offered. */
export async function undoLast(): Promise<void> {
  const { last } = offered.getState()
  withdrawUndo()
  await last?.undo()
}

/** Offers to have the frames of a socket back as they were. What they take the place of then can be had back, too. */
export function offerFramesBack(
  what: string,
  sessionId: string,
  before: readonly DraftFrame[],
  verb: Undoable['verb'] = 'Undo',
): void {
  const undo = () => {
    const now = workspaceStore.getState().sockets.find(({ id }) => id === sessionId)?.frames
    if (!now) return
    applyStep(updateSocket(sessionId, { frames: [...before] }))
    if (verb === 'Undo') offerFramesBack('Undone', sessionId, now, 'Redo')
    else offerFramesBack('Done again', sessionId, now)
  }
  offerUndo(what, undo, verb)
}
