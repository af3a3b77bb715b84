import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The dialogs that a command can open; one at a time. */
export type DialogName = 'palette' | 'settings' | 'schemas' | 'shortcuts' | 'terms' | 'about'

const dialogs = createStore<{ readonly open: DialogName | null }>()(() => ({ open: null }))

export const useDialog = (name: DialogName): boolean => useStore(dialogs, ({ open }) => open === name)
export const openDialog = (open: DialogName | null): void => dialogs.setState({ open })
export const openDialogName = (): DialogName | null => dialogs.getState().open
