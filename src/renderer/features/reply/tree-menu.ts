import { IconChartLine, IconCopy, IconFold, IconLineHeight } from '@tabler/icons-react'
import { type NodeForm, nodeFormLabels, nodeForms } from '../../../shared/codecs/node-as.ts'
import type { TreeRow } from '../../decoding/decoder-calls.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'
import type { PlotNode } from './bytes-view.tsx'

/** The name of what plots a value. */
export const plotLabel = 'Plot this value'

interface TreeActions {
  readonly copy: (path: string, form: NodeForm) => Promise<void>
  readonly expandAll: (path: string, open: boolean) => Promise<void>
  /** Null where nothing can be plotted. */
  readonly plot: PlotNode | null
}

/** What can be done with a node of a tree. */
export function treeMenu({ path, expandable, plots }: TreeRow, { copy, expandAll, plot }: TreeActions): MenuContent {
  return [
    ...nodeForms.map((form) => ({ label: nodeFormLabels[form], icon: IconCopy, onSelect: () => copy(path, form) })),
    plots && plot ? { label: plotLabel, icon: IconChartLine, onSelect: () => plot(path, plots) } : null,
    'divider',
    expandable && { label: 'Expand all', icon: IconLineHeight, onSelect: () => expandAll(path, true) },
    expandable && { label: 'Collapse all', icon: IconFold, onSelect: () => expandAll(path, false) },
  ]
}
