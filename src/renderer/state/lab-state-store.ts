import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { idleLab, type LabState } from '../../shared/lab/progress.ts'

/** What the host's lab does. */
export const labStateStore = createStore<LabState>()(() => idleLab)

export function useLabState<Part>(select: (lab: LabState) => Part): Part {
  return useStore(labStateStore, select)
}
