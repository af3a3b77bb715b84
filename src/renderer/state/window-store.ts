import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Asked } from '../../shared/contract/index.ts'
import type { SocketDraft } from '../../shared/workspace.ts'

/** The socket removed last, while that can be undone. */
export interface RemovedSocket {
  readonly draft: SocketDraft
  readonly index: number
  /** The socket that replaced it when it was the only one. */
  readonly replacement: SocketDraft | null
}

/** What belongs to the window as a whole. */
export interface WindowState {
  /** Whether it can be used. */
  readonly ready: boolean
  /** What links ask for. */
  readonly asked: Asked
  readonly removed: RemovedSocket | null
}

export const nothingAsked: Asked = { endpoints: [], repeated: false, ignored: 0 }

export const windowStore = createStore<WindowState>()(() => ({ ready: false, asked: nothingAsked, removed: null }))

export function useWindow<Part>(select: (state: WindowState) => Part): Part {
  return useStore(windowStore, select)
}
