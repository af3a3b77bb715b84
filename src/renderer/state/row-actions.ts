import type { RecordRow } from '../../shared/transcript/record.ts'
import { call } from '../api.ts'
import { viewEntry } from './actions.ts'

/** What the menu of a row does. */
export const rowActions = {
  open: ({ id }: RecordRow) => viewEntry(id),
  copyText: async (text: string) => void (await call('clipboard.write', { text })),
}
