import { patternOf } from '../../../shared/zmq/patterns.ts'
import { changeWatches, showWatches } from '../../state/watches.ts'
import { activeDraft } from '../../state/workspace-reducers.ts'
import { workspaceStore } from '../../state/workspace-store.ts'
import { type PlottedFrame, sourceIn } from './plot-node.ts'
import type { ShownRecord } from './record-view.tsx'

/** Watches the value of a node, by its path in the tree, as a number of a sequence or as a time. */
export type WatchNode = (path: string, kind: 'sequence' | 'age') => Promise<void>

/** Whether values of a record can be watched here: they were received by the socket that is shown. */
export const canWatch = ({ session, direction }: ShownRecord): boolean =>
  direction === 'received' && activeDraft(workspaceStore.getState()).id === session

/** Adds a watch for the value of a node, and shows what is watched. */
export async function watchNode(
  { record, open, frame, message }: PlottedFrame,
  treePath: string,
  kind: 'sequence' | 'age',
): Promise<void> {
  const path = await open.remote.call('nodeText', { path: treePath, form: 'path' })
  const watched = { id: crypto.randomUUID(), topic: null, source: { ...sourceIn(open, frame, message), path } }
  const { pattern } = activeDraft(workspaceStore.getState())
  const perTopic = frame > 0 && patternOf(pattern).group === 'Publish and subscribe'
  await changeWatches(record.session, (before) => [
    ...before,
    kind === 'sequence' ? { ...watched, kind, perTopic } : { ...watched, kind, unit: 'auto', lateMs: null },
  ])
  showWatches()
}
