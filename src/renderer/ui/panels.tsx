import type { ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import classes from './panels.module.css'

interface PanelPlan {
  readonly id: string
  /** Initial size, in percent. */
  readonly size: number
  /** In pixels. */
  readonly minimum: number
  readonly content: ReactNode
}

interface PanelsProps {
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly panels: readonly [PanelPlan, PanelPlan]
  /** Sizes in percent by panel, as last reported by `onSizes`; undefined for the initial ones. */
  readonly sizes: Readonly<Record<string, number>> | undefined
  readonly onSizes: (sizes: Record<string, number>) => void
}

/** Two panels with a separator that can be dragged, or moved with the arrow keys. */
export function Panels({ id, orientation, panels: [first, second], sizes, onSizes }: PanelsProps) {
  return (
    <Group
      id={id}
      orientation={orientation}
      className={classes.group}
      {...(sizes ? { defaultLayout: sizes } : {})}
      onLayoutChanged={onSizes}
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
