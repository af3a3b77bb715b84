import type { ComponentProps } from 'react'
import { applyStep, useWorkspace } from './state/workspace-store.ts'
import { Panels } from './ui/panels.tsx'

/** Panels whose sizes are saved in the workspace under their id. */
export function KeptPanels({ id, ...rest }: Omit<ComponentProps<typeof Panels>, 'sizes' | 'onSizes'>) {
  const sizes = useWorkspace((workspace) => workspace.layouts[id])
  const keep = (layout: Record<string, number>) =>
    applyStep((workspace) => ({ ...workspace, layouts: { ...workspace.layouts, [id]: layout } }))
  return <Panels id={id} sizes={sizes} onSizes={keep} {...rest} />
}
