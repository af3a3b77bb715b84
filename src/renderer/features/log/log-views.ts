import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LogFilter } from '../../../shared/message.ts'

/** The filter of a log view, and whether it follows new entries. */
export interface LogView {
  readonly filter: LogFilter
  readonly following: boolean
}

/** The views by label, kept here so that visiting another tab does not reset a filter or a pause. */
const views = createStore<Readonly<Record<string, LogView>>>()(() => ({}))

const beginnings: Readonly<Record<LogFilter['kind'], LogView>> = {
  all: { filter: { text: '', kind: 'all', direction: 'all', source: null }, following: true },
  event: { filter: { text: '', kind: 'event', direction: 'all', source: null }, following: true },
  message: { filter: { text: '', kind: 'message', direction: 'all', source: null }, following: true },
}

export function useLogView(label: string, kind: LogFilter['kind']): LogView {
  return useStore(views, (all) => all[label] ?? beginnings[kind])
}

export function setLogView(label: string, view: LogView): void {
  views.setState({ [label]: view })
}
