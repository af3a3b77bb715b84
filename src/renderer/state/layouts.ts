import { applyStep, useWorkspace } from './workspace-store.ts'

interface Layout {
  /** In percent, by panel; undefined as long as nobody has moved anything. */
  readonly sizes: Readonly<Record<string, number>> | undefined
  readonly onSizes: (sizes: Record<string, number>) => void
}

/** The sizes of a group of panels, which survive a restart. */
export function useLayout(id: string): Layout {
  const sizes = useWorkspace((workspace) => workspace.layouts[id])
  const onSizes = (layout: Record<string, number>) =>
    applyStep((workspace) => ({ ...workspace, layouts: { ...workspace.layouts, [id]: layout } }))
  return { sizes, onSizes }
}
