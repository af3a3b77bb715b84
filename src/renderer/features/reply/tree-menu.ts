import { IconChartLine, IconCopy, IconEye, IconFold, IconLineHeight } from '@tabler/icons-react'
import { type NodeForm, nodeFormLabels, nodeForms } from '../../../shared/codecs/node-as.ts'
import type { TreeRow } from '../../decoding/decoder-calls.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'
import type { PlotNode } from './bytes-view.tsx'
import type { WatchNode } from './watch-node.ts'

/** The name of what plots a value. */
export const plotLabel = 'Plot this value'

interface TreeActions {
  readonly copy: (path: string, form: NodeForm) => Promise<void>
  readonly expandAll: (path: string, open: boolean) => Promise<void>
  /** Null where nothing can be plotted. */
  readonly plot: PlotNode | null
  /** Null where nothing can be watched. */
  readonly watch: WatchNode | null
}

/** What can be done with a node of a tree. */
export function treeMenu(
  { path, expandable, plots }: TreeRow,
  { copy, expandAll, plot, watch }: TreeActions,
): MenuContent {
  return [
    ...nodeForms.map((form) => ({ label: nodeFormLabels[form], icon: IconCopy, onSelect: () => copy(path, form) })),
    'divider',
    plots && plot ? { label: plotLabel, icon: IconChartLine, onSelect: () => plot(path, plots) } : null,
    plots === 'number' && watch
      ? { label: 'Watch as a sequence', icon: IconEye, onSelect: () => watch(path, 'sequence') }
      : null,
    !expandable && watch ? { label: 'Watch as a time', icon: IconEye, onSelect: () => watch(path, 'age') } : null,
    'divider',
    expandable && { label: 'Expand all', icon: IconLineHeight, onSelect: () => expandAll(path, true) },
    expandable && { label: 'Collapse all', icon: IconFold, onSelect: () => expandAll(path, false) },
  ]
}
