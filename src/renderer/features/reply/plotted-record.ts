import { createContext } from 'react'
import { echoServerId } from '../../../shared/session/spec.ts'
import { activeDraft } from '../../state/workspace-reducers.ts'
import { workspaceStore } from '../../state/workspace-store.ts'
import type { ShownRecord } from './record-view.tsx'

/** The record whose frames are shown; null where none can be plotted. */
export const PlottedRecord = createContext<ShownRecord | null>(null)

/** Whether what is shown of a record can be plotted here: a REQ has no messages beside which a plot could stand. */
export function canPlot({ session, direction }: ShownRecord): boolean {
  const workspace = workspaceStore.getState()
  const isKnown = session === echoServerId || workspace.sockets.some(({ id }) => id === session)
  return isKnown && direction !== 'none' && activeDraft(workspace).pattern !== 'req'
}
