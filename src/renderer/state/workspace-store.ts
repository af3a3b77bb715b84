import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ConnectionDraft, type DraftFrame, defaultWorkspace, type Workspace } from '../../shared/workspace.ts'
import { activeDraft, type WorkspaceStep } from './workspace-reducers.ts'

/** The person's connections and drafts, which survive a restart. */
export const workspaceStore = createStore<Workspace>()(() => defaultWorkspace)

export const applyStep = (step: WorkspaceStep): void => workspaceStore.setState(step)

export function useWorkspace<Part>(select: (workspace: Workspace) => Part): Part {
  return useStore(workspaceStore, select)
}

/** A frame's current draft; undefined when it was removed. */
export const draftFrame = (connectionId: string, frameId: string): DraftFrame | undefined =>
  workspaceStore
    .getState()
    .connections.find(({ id }) => id === connectionId)
    ?.frames.find(({ id }) => id === frameId)

export const useActiveDraft = (): ConnectionDraft => useWorkspace(activeDraft)
