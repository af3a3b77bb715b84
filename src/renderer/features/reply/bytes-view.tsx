import { useRef } from 'react'
import type { Span } from '../../../shared/codecs/codec.ts'
import type { Plottable } from '../../../shared/values/scalar.ts'
import type { OpenedFrame, TreeRow } from '../../decoding/decoder-calls.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'
import { DataInspector } from './data-inspector.tsx'
import { FindBar, type Place } from './find-bar.tsx'
import { HexView } from './hex-view.tsx'
import classes from './reply.module.css'
import { Structure } from './structure.tsx'
import { TreeView } from './tree-view.tsx'
import type { WatchNode } from './watch-node.ts'

/** The selection in a frame: bytes and, where a tree is shown, the node they belong to. */
export interface Selection {
  /** The view that it was made in: in another view the same bytes are other nodes. */
  readonly of: OpenedFrame
  readonly span: Span
  readonly row: TreeRow | null
}

/** Plots the value of a node, by its path in the tree. */
export type PlotNode = (path: string, what: Plottable) => Promise<void>

interface BytesViewProps {
  readonly open: OpenFrame
  /** From 1, for accessible names. */
  readonly number: number
  readonly selection: Selection | null
  readonly onSelect: (selection: Selection) => void
  /** Null where nothing can be plotted. */
  readonly onPlot: PlotNode | null
  /** Null where nothing can be watched. */
  readonly onWatch: WatchNode | null
  /** Whether it takes all the room that there is, instead of what it needs. */
  readonly fills: boolean
  readonly finding: boolean
  readonly onFindClose: () => void
}

/** The bytes of a frame, below their structure if any, with one selection for both. */
export function BytesView(props: BytesViewProps) {
  const { open, number, selection, onSelect, onPlot, onWatch, fills, finding, onFindClose } = props
  const { bytes, opened, remote } = open
  const root = opened.tree?.rows[0]
  const current = selection?.of === opened ? selection : null
  const usual = root && root.span.end > root.span.start ? root.span : { start: 0, end: Math.min(1, bytes.length) }
  const span = current?.span ?? usual
  const row = current?.row ?? root ?? null

  /** Counts selections: an answer about an older one is discarded. */
  const newest = useRef(0)
  const fail = (thrown: unknown) => {
    if (!remote.disposed) report(thrown)
  }
  const selectRow = (chosen: TreeRow) => {
    newest.current += 1
    onSelect({ of: opened, span: chosen.span, row: chosen })
  }
  const selectSpan = (chosen: Span) => {
    newest.current += 1
    const asked = newest.current
    onSelect({ of: opened, span: chosen, row: current?.row ?? null })
    if (!opened.tree) return
    remote
      .call('nodeAt', chosen)
      .then((found) => {
        if (newest.current === asked) onSelect({ of: opened, span: chosen, row: found })
      })
      .catch(fail)
  }
  const selectPlace = ({ span: found, path }: Place) => {
    if (path === null) return selectSpan(found)
    remote.call('node', path).then(selectRow).catch(fail)
  }
  const tree = opened.tree ? (
    <TreeView
      key={opened.view}
      open={open}
      label={`Structure of reply frame ${number}`}
      selected={row?.path ?? ''}
      onSelect={selectRow}
      onPlot={onPlot}
      onWatch={onWatch}
      onError={fail}
    />
  ) : null
  const hex = (
    <HexView
      bytes={bytes}
      label={`Bytes of reply frame ${number}`}
      selection={span}
      around={row ? [row.span, ...(row.keySpan ? [row.keySpan] : [])] : []}
      onSelect={selectSpan}
    />
  )
  return (
    <div className={classes.parts}>
      {finding ? <FindBar open={open} number={number} onPlace={selectPlace} onClose={onFindClose} /> : null}
      {tree ? <Structure tree={tree} bytes={hex} number={number} fills={fills} /> : hex}
      <DataInspector bytes={bytes} selection={span} node={row} number={number} />
    </div>
  )
}
