import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The socket whose name is being edited; null while none is. */
const renamingStore = createStore<{ readonly id: string | null }>()(() => ({ id: null }))

export const startRenaming = (id: string): void => renamingStore.setState({ id })
export const endRenaming = (): void => renamingStore.setState({ id: null })

/** Whether the socket's name is being edited. */
export const useIsRenaming = (sessionId: string): boolean => useStore(renamingStore, ({ id }) => id === sessionId)
