import { IconCopy, IconFold, IconLineHeight } from '@tabler/icons-react'
import { type NodeForm, nodeFormLabels, nodeForms } from '../../../shared/codecs/node-as.ts'
import type { TreeRow } from '../../decoding/decoder-calls.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'

interface TreeActions {
  readonly copy: (path: string, form: NodeForm) => Promise<void>
  readonly expandAll: (path: string, open: boolean) => Promise<void>
}

/** What can be done with a node of a tree. */
export function treeMenu({ path, expandable }: TreeRow, { copy, expandAll }: TreeActions): MenuContent {
  return [
    ...nodeForms.map((form) => ({ label: nodeFormLabels[form], icon: IconCopy, onSelect: () => copy(path, form) })),
    'divider',
    expandable && { label: 'Expand all', icon: IconLineHeight, onSelect: () => expandAll(path, true) },
    expandable && { label: 'Collapse all', icon: IconFold, onSelect: () => expandAll(path, false) },
  ]
}
