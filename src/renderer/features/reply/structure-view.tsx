import { useState } from 'react'
import type { TreeNode } from '../../../shared/codecs/codec.ts'
import { formatCount } from '../../../shared/format.ts'
import { HexView } from './hex-view.tsx'
import classes from './reply.module.css'
import { nodeAt, pathAt } from './tree-rows.ts'
import { TreeView } from './tree-view.tsx'

interface StructureViewProps {
  readonly root: TreeNode
  readonly bytes: Uint8Array
  /** Counted from 1, for the accessible names. */
  readonly number: number
}

/** A structure above its bytes, with one selection for both: a node marks its bytes, and a byte its smallest node. */
export function StructureView({ root, bytes, number }: StructureViewProps) {
  const [selected, setSelected] = useState('')
  const node = nodeAt(root, selected) ?? root
  return (
    <div className={classes.structure}>
      <TreeView root={root} label={`Structure of reply frame ${number}`} selected={selected} onSelect={setSelected} />
      <div className={classes.span} role="status" aria-label={`Selection in reply frame ${number}`}>
        {node.type} · bytes {formatCount(node.start)} to {formatCount(node.end - 1)} ·{' '}
        {formatCount(node.end - node.start)} B
      </div>
      <HexView
        bytes={bytes}
        start={0}
        label={`Bytes of reply frame ${number}`}
        marked={node}
        onPick={(offset) => setSelected(pathAt(root, offset))}
      />
    </div>
  )
}
