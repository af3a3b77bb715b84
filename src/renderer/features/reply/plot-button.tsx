import { ActionIcon } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { report } from '../../report.ts'
import classes from './tree.module.css'
import { plotLabel } from './tree-menu.ts'

interface PlotButtonProps {
  readonly isSelected: boolean
  readonly onPlot: () => Promise<void>
}

/** Plots the value of a node. */
export function PlotButton({ isSelected, onPlot }: PlotButtonProps) {
  return (
    <ActionIcon
      className={classes.plot ?? ''}
      size={18}
      aria-label={plotLabel}
      title={plotLabel}
      // The tree has the focus; the selected node's button follows it.
      tabIndex={isSelected ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation()
        onPlot().catch(report)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.stopPropagation()
      }}
    >
      <IconChartLine size={14} />
    </ActionIcon>
  )
}
