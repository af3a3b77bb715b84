import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { CsvColumn } from '../../shared/transcript/csv-columns.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
import { openDialog } from './dialogs.ts'
import { applyStep, useWorkspace } from './workspace-store.ts'

/** An export as CSV whose columns a person is to choose. */
export interface CsvExport {
  readonly socket: string
  readonly filter: LogFilter
  /** The message that is open: its values are offered. Undefined for the newest. */
  readonly opened: number | undefined
  save(columns: readonly CsvColumn[]): void
}

const asked = createStore<{ readonly asked: CsvExport | null }>()(() => ({ asked: null }))

/** Asks for the columns of an export, and has it saved then. */
export function askForColumns(of: CsvExport): void {
  asked.setState({ asked: of })
  openDialog('csv')
}

/** What the columns are asked for; null before. */
export const useCsvExport = (): CsvExport | null => useStore(asked, (state) => state.asked)

const usual: readonly CsvColumn[] = [{ field: 'at' }, { field: 'direction' }, { field: 'size' }]

/** The columns that were chosen last for a socket, and how to keep others. */
export function useCsvColumns(
  socket: string,
): readonly [readonly CsvColumn[], (columns: readonly CsvColumn[]) => void] {
  const columns = useWorkspace(({ csvColumns }) => csvColumns?.[socket] ?? usual)
  const keep = (next: readonly CsvColumn[]) =>
    applyStep((workspace) => {
      const present = new Set([...workspace.sockets.map(({ id }) => id), socket])
      const kept = Object.entries(workspace.csvColumns ?? {}).filter(([id]) => present.has(id))
      return { ...workspace, csvColumns: { ...Object.fromEntries(kept), [socket]: next } }
    })
  return [columns, keep]
}
