import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { defaultSettings, type Settings } from '../../shared/settings.ts'

export const settingsStore = createStore<Settings>()(() => defaultSettings)

export function useSettings<Part>(select: (settings: Settings) => Part): Part {
  return useStore(settingsStore, select)
}
