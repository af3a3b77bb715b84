import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LogFilter } from '../../shared/transcript/query.ts'

/** The filter of a log view, and whether it follows new entries. */
export interface LogView {
  readonly filter: LogFilter
  readonly following: boolean
  /** Whether the view shows its other form. */
  readonly showsOther: boolean
}

/** The views by label, kept here so that visiting another tab does not reset a filter or a pause. */
const views = createStore<Readonly<Record<string, LogView>>>()(() => ({}))

const beginnings: Readonly<Record<LogFilter['kind'], LogView>> = {
  all: { filter: { text: '', kind: 'all', direction: 'all', session: null }, following: true, showsOther: false },
  event: { filter: { text: '', kind: 'event', direction: 'all', session: null }, following: true, showsOther: false },
  message: {
    filter: { text: '', kind: 'message', direction: 'all', session: null },
    following: true,
    showsOther: false,
  },
}

export function useLogView(label: string, kind: LogFilter['kind']): LogView {
  return useStore(views, (all) => all[label] ?? beginnings[kind])
}

export function setLogView(label: string, view: LogView): void {
  views.setState({ [label]: view })
}
