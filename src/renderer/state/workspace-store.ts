import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type DraftFrame, defaultWorkspace, type SocketDraft, type Workspace } from '../../shared/workspace.ts'
import { activeDraft, type WorkspaceStep } from './workspace-reducers.ts'

/** The person's connections and drafts, which survive a restart. */
export const workspaceStore = createStore<Workspace>()(() => defaultWorkspace)

export const applyStep = (step: WorkspaceStep): void => workspaceStore.setState(step)

export function useWorkspace<Part>(select: (workspace: Workspace) => Part): Part {
  return useStore(workspaceStore, select)
}

/** A frame's current draft; undefined when it was removed. */
export const draftFrame = (sessionId: string, frameId: string): DraftFrame | undefined =>
  workspaceStore
    .getState()
    .sockets.find(({ id }) => id === sessionId)
    ?.frames.find(({ id }) => id === frameId)

export const useActiveDraft = (): SocketDraft => useWorkspace(activeDraft)
