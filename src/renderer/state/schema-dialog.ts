import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Whether the list of Protobuf schemas is open. */
const schemaDialog = createStore<{ readonly open: boolean }>()(() => ({ open: false }))

export const useSchemaDialog = (): boolean => useStore(schemaDialog, ({ open }) => open)

export const setSchemaDialog = (open: boolean): void => schemaDialog.setState({ open })
