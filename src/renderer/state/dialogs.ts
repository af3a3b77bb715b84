import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The dialogs that a command can open; one at a time. */
export type DialogName = 'palette' | 'settings' | 'schemas' | 'shortcuts' | 'terms' | 'about'

const dialogs = createStore<{ readonly open: DialogName | null }>()(() => ({ open: null }))

export const useDialog = (name: DialogName): boolean => useStore(dialogs, ({ open }) => open === name)
export const openDialog = (open: DialogName | null): void => dialogs.setState({ open })

/** Whether a dialog is open, which is to be answered before anything else is done. */
export const isDialogOpen = (): boolean =>
  dialogs.getState().open !== null || document.querySelector('[aria-modal="true"]') !== null
