import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LogFilter, LogSort } from '../../shared/transcript/query.ts'
import type { KeptLogView, Workspace } from '../../shared/workspace.ts'
import { applyStep, useWorkspace } from './workspace-store.ts'

/** How a view shows what matches its filter. It begins anew with each start: a list that stands still would puzzle. */
interface Mode {
  /** Whether it follows new entries. */
  readonly following: boolean
  /** Whether the view shows its other form. */
  readonly showsOther: boolean
  /** In which form the messages of a socket are shown. */
  readonly form: 'list' | 'topics' | 'plot'
  /** The order of the rows; null for that in which they came. */
  readonly sort: LogSort | null
}

/** A view of the log. */
export interface LogView extends Mode {
  readonly filter: LogFilter
}

const usualMode: Mode = { following: true, showsOther: false, form: 'list', sort: null }

/** The modes by label, kept here so that visiting another tab does not reset them. */
const modes = createStore<Readonly<Record<string, Mode>>>()(() => ({}))

/** What a view shows that was not changed: events have a tab of their own. */
const usual: Readonly<Record<LogFilter['kind'], KeptLogView>> = {
  all: { text: '', hides: ['events'], session: null },
  event: { text: '', hides: [], session: null },
  message: { text: '', hides: [], session: null },
}

/** A view by its label; its filter is kept over a restart. */
export function useLogView(label: string, kind: LogFilter['kind']): LogView {
  const kept = useWorkspace(({ logViews }) => logViews?.[label] ?? usual[kind])
  const mode = useStore(modes, (all) => all[label] ?? usualMode)
  const filter = useMemo(() => ({ ...kept, kind }), [kept, kind])
  return useMemo(() => ({ ...mode, filter }), [mode, filter])
}

/** The name of the view that lists the messages of a socket. */
export const messagesLabel = (socketId: string): string => `messages ${socketId}`

/** Views of sockets that are not there any more are not kept. */
function withoutRemoved({ logViews = {}, sockets }: Workspace): Readonly<Record<string, KeptLogView>> {
  const present = new Set(sockets.map(({ id }) => messagesLabel(id)))
  return Object.fromEntries(
    Object.entries(logViews).filter(([label]) => present.has(label) || !label.startsWith(messagesLabel(''))),
  )
}

/** Changes the filter of a view. */
export function setLogFilter(label: string, { text, part, hides, session }: LogFilter): void {
  applyStep((workspace) => ({
    ...workspace,
    logViews: { ...withoutRemoved(workspace), [label]: { text, ...(part ? { part } : {}), hides, session } },
  }))
}

/** Changes how a view shows what matches. */
export function setLogMode(label: string, patch: Partial<Mode>): void {
  modes.setState((all) => ({ [label]: { ...(all[label] ?? usualMode), ...patch } }))
}
