import type { ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { applyStep, useWorkspace } from '../state/workspace-store.ts'
import classes from './panels.module.css'

interface PanelPlan {
  readonly id: string
  /** In percent, until the person chose otherwise. */
  readonly size: number
  /** In pixels. */
  readonly minimum: number
  readonly content: ReactNode
}

interface PanelsProps {
  /** The name under which the sizes are remembered. */
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly panels: readonly [PanelPlan, PanelPlan]
}

/** Two panels with a separator that can be dragged, or moved with the arrow keys. */
export function Panels({ id, orientation, panels: [first, second] }: PanelsProps) {
  const saved = useWorkspace((workspace) => workspace.layouts[id])
  const save = (layout: Record<string, number>) =>
    applyStep((workspace) => ({ ...workspace, layouts: { ...workspace.layouts, [id]: layout } }))
  return (
    <Group
      id={id}
      orientation={orientation}
      className={classes.group}
      {...(saved ? { defaultLayout: saved } : {})}
      onLayoutChanged={save}
    >
      <Panel id={first.id} defaultSize={`${first.size}%`} minSize={`${first.minimum}px`} className={classes.panel}>
        {first.content}
      </Panel>
      <Separator className={classes.separator} />
      <Panel id={second.id} defaultSize={`${second.size}%`} minSize={`${second.minimum}px`} className={classes.panel}>
        {second.content}
      </Panel>
    </Group>
  )
}
