import { InspectorError } from '../../shared/errors.ts'
import { maximumSavedFilters, type SavedFilter, tidyName } from '../../shared/workspace.ts'
import { report } from '../report.ts'
import { offerUndo } from './undo.ts'
import { applyStep, useWorkspace, workspaceStore } from './workspace-store.ts'

/** What can be done with the filters that a person has named. All sockets and the log share them. */
interface SavedFilterActions {
  /** Keeps a text under a name, in place of what had the name before. Does nothing without a name. Throws when there are too many. */
  save(name: string, text: string): void
  rename(name: string, to: string): void
  remove(name: string): void
}

const none: readonly SavedFilter[] = []

const inOrder = (filters: readonly SavedFilter[]): SavedFilter[] =>
  filters.toSorted((one, other) => one.name.localeCompare(other.name))

const keep = (change: (filters: readonly SavedFilter[]) => readonly SavedFilter[]): void =>
  applyStep((workspace) => ({ ...workspace, savedFilters: inOrder(change(workspace.savedFilters ?? none)) }))

function save(given: string, text: string): void {
  const name = tidyName(given)
  if (name === '') return
  const others = (workspaceStore.getState().savedFilters ?? none).filter((each) => each.name !== name)
  if (others.length >= maximumSavedFilters) {
    throw new InspectorError('invalid-argument', `There are ${maximumSavedFilters} saved filters. Delete one first.`)
  }
  keep(() => [...others, { name, text }])
}

function rename(name: string, given: string): void {
  const to = tidyName(given)
  if (to === '' || to === name) return
  keep((filters) =>
    filters.filter((each) => each.name !== to).map((each) => (each.name === name ? { ...each, name: to } : each)),
  )
}

function remove(name: string): void {
  const removed = workspaceStore.getState().savedFilters?.find((each) => each.name === name)
  if (!removed) return
  keep((filters) => filters.filter((each) => each !== removed))
  offerUndo(`Filter ${name} deleted`, () => save(name, removed.text))
}

function saveOrReport(name: string, text: string): void {
  try {
    save(name, text)
  } catch (thrown) {
    report(thrown)
  }
}

export const savedFilters: SavedFilterActions = { save, rename, remove }

/** The filters in the order of their names, and what can be done with them. */
export function useSavedFilters(): SavedFilterActions & { readonly filters: readonly SavedFilter[] } {
  const filters = useWorkspace((workspace) => workspace.savedFilters ?? none)
  return { filters, ...savedFilters, save: saveOrReport }
}
