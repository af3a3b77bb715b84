import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { windowStore } from './window-store.ts'

/** The dialogs that a command can open; one at a time. */
export type DialogName =
  | 'palette'
  | 'program'
  | 'start-from'
  | 'csv'
  | 'settings'
  | 'schemas'
  | 'guide'
  | 'shortcuts'
  | 'terms'
  | 'problem-report'
  | 'about'

const dialogs = createStore<{ readonly open: DialogName | null }>()(() => ({ open: null }))

export const openDialog = (open: DialogName | null): void => dialogs.setState({ open })

/** What the dialog of this name is told: whether it is open, and how to close it. */
export function useDialog(name: DialogName): { readonly opened: boolean; readonly onClose: () => void } {
  const opened = useStore(dialogs, ({ open }) => open === name)
  return { opened, onClose: () => openDialog(null) }
}

/** Whether a dialog is open, which has to be answered first. */
export const isDialogOpen = (): boolean =>
  dialogs.getState().open !== null || windowStore.getState().asked.endpoints.length > 0
