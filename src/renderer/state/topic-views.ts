import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { suggestedSeparator, type TopicKey } from '../../shared/topics/key.ts'
import type { TopicView } from '../../shared/topics/page.ts'

/** How the topics of a socket are shown. */
export interface TopicsView extends TopicView {
  /** Null for what such sockets have usually. */
  readonly key: TopicKey | null
  /** One character; null for none. */
  readonly separator: string | null
  /** Nodes that are open. */
  readonly opened: ReadonlySet<number>
  /** The id of the node that is selected; null for none. */
  readonly selected: number | null
  /** Whether the newest message of the selected node is shown as it comes. */
  readonly follows: boolean
}

const usual: TopicsView = {
  key: null,
  separator: suggestedSeparator,
  sort: 'name',
  descending: false,
  filter: '',
  opened: new Set(),
  selected: null,
  follows: true,
}

/** By socket: visiting another does not reset it. */
const views = createStore<Readonly<Record<string, TopicsView>>>()(() => ({}))

export const useTopicsView = (socket: string): TopicsView => useStore(views, (all) => all[socket] ?? usual)

export const setTopicsView = (socket: string, patch: Partial<TopicsView>): void =>
  views.setState((all) => ({ [socket]: { ...(all[socket] ?? usual), ...patch } }))
