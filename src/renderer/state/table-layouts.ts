import type { TableLayout } from '../../shared/workspace.ts'
import { applyStep, useWorkspace } from './workspace-store.ts'

const unchanged: TableLayout = { widths: {}, hidden: [] }

/** The columns of a table as the person has set them, kept over a restart. */
export function useTableLayout(name: string): readonly [TableLayout, (layout: TableLayout) => void] {
  const layout = useWorkspace(({ tables }) => tables?.[name] ?? unchanged)
  return [layout, (next) => applyStep((workspace) => ({ ...workspace, tables: { ...workspace.tables, [name]: next } }))]
}
