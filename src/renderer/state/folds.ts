import { applyStep, useWorkspace } from './workspace-store.ts'

/** Folds or unfolds a part of the window. That survives a restart. */
export const setFold = (part: string, folded: boolean): void =>
  applyStep((workspace) => ({ ...workspace, folds: { ...workspace.folds, [part]: folded } }))

/** Whether a part of the window is folded; `usual` as long as the person has not chosen. */
export const useFold = (part: string, usual: boolean): boolean => useWorkspace(({ folds }) => folds[part] ?? usual)
