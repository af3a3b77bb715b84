import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react'
import { call } from '../../api.ts'
import type { TreeRow } from '../../decoding/decoder-calls.ts'
import { parentPath } from '../../decoding/tree-rows.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { onExpandRequest } from '../../state/expand.ts'
import { useSettings } from '../../state/settings-store.ts'
import { openContextMenu } from '../../ui/context-menu.tsx'
import { rowHeightStyle } from '../../ui/row-height.ts'
import { useTallRows } from '../../ui/use-tall-rows.ts'
import type { PlotNode } from './bytes-view.tsx'
import { NodeText } from './node-text.tsx'
import { PlotButton } from './plot-button.tsx'
import classes from './tree.module.css'
import { treeMenu } from './tree-menu.ts'
import { useTree } from './use-tree.ts'
import type { WatchNode } from './watch-node.ts'

const indent = 16
/** Deeper levels are not indented further: their content would move off screen. */
const indentedLevels = 40

interface TreeViewProps {
  readonly open: OpenFrame
  readonly label: string
  /** The path of the selected node. */
  readonly selected: string
  readonly onSelect: (row: TreeRow) => void
  /** Null where nothing can be plotted. */
  readonly onPlot: PlotNode | null
  /** Null where nothing can be watched. */
  readonly onWatch: WatchNode | null
  readonly onError: (thrown: unknown) => void
}

/** A collapsible tree with the usual keys: arrows, Home and End. */
export function TreeView({ open, label, selected, onSelect, onPlot, onWatch, onError }: TreeViewProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const tree = useTree(open)
  const fontSize = useSettings(({ messageFontSize }) => messageFontSize)
  const rowHeight = Math.round((fontSize * 22) / 13)
  const rows = useTallRows(scroller, tree.total, rowHeight)
  /** The last known index of the selected node. */
  const at = useRef(0)
  const { need } = tree
  useEffect(() => need(rows.from, rows.to))
  /** A row to scroll to once the list is drawn at its new length. */
  const [aim, setAim] = useState<{ readonly index: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: later scrolling is the person's own
  useEffect(() => {
    if (aim) rows.show(aim.index)
  }, [aim])

  const run = (action: () => Promise<void>) => {
    action().catch(onError)
  }
  const goTo = (index: number) =>
    run(async () => {
      const next = Math.max(0, Math.min(tree.total - 1, index))
      const row = await tree.rowAt(next)
      if (!row) return
      at.current = next
      rows.show(next)
      onSelect(row)
    })

  // Expand to, and scroll to, a node that was selected elsewhere (in the bytes or by a search).
  const { reveal } = tree
  const shown = useRef('')
  const shownIn = useRef(open.opened)
  if (shownIn.current !== open.opened) {
    shownIn.current = open.opened
    shown.current = ''
    at.current = 0
  }
  useEffect(() => {
    if (shown.current === selected) return
    shown.current = selected
    // A new frame has no selection: keep the scroll position.
    if (selected === '') return
    reveal(selected)
      .then(({ index }) => {
        at.current = index
        setAim({ index })
      })
      .catch(onError)
  })

  const toggle = (row: TreeRow) =>
    run(async () => {
      const { index } = await tree.toggle(row)
      at.current = index
    })
  const pick = (row: TreeRow) => {
    shown.current = row.path
    onSelect(row)
  }
  const goToParent = (row: TreeRow) =>
    run(async () => {
      const place = await tree.reveal(parentPath(row.path))
      at.current = place.index
      setAim({ index: place.index })
      onSelect(place.row)
    })
  const menuOf = (row: TreeRow) =>
    treeMenu(row, {
      copy: async (path, form) => {
        await call('clipboard.write', { text: await open.remote.call('nodeText', { path, form }) })
      },
      expandAll: async (path, isOpen) => {
        const { index } = await tree.expandAll(path, isOpen)
        at.current = index
      },
      plot: onPlot,
      watch: onWatch,
    })
  useEffect(() =>
    onExpandRequest((isOpen) =>
      run(async () => {
        await tree.expandAll('', isOpen)
      }),
    ),
  )
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    const place = event.target instanceof Element ? event.target.closest('[data-index]') : null
    const index = Number(place?.getAttribute('data-index') ?? at.current)
    const row = tree.rows.get(index)
    if (!row) return
    at.current = index
    pick(row)
    openContextMenu(menuOf(row))(event)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = tree.rows.get(at.current)
    if (!row) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(at.current + 1),
      ArrowUp: () => goTo(at.current - 1),
      Home: () => goTo(0),
      End: () => goTo(tree.total - 1),
      ArrowRight: () => (row.expandable && !row.expanded ? toggle(row) : goTo(at.current + 1)),
      ArrowLeft: () => (row.expanded ? toggle(row) : goToParent(row)),
      Enter: () => (row.expandable ? toggle(row) : undefined),
    }
    const move = moves[event.key]
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }

  const indexes = Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, index) => rows.from + index)
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={`${id}-${selected}`}
      tabIndex={0}
      className={classes.tree}
      style={rowHeightStyle(rowHeight)}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <div className={classes.rows} role="presentation" style={{ height: rows.height }}>
        {indexes.map((index) => {
          const row = tree.rows.get(index)
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's, which holds the focus
            // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its active item
            <div
              key={index}
              id={`${id}-${row.path}`}
              role="treeitem"
              data-index={index}
              aria-level={row.level}
              aria-selected={row.path === selected}
              {...(row.expandable ? { 'aria-expanded': row.expanded } : {})}
              className={classes.node}
              style={{
                transform: `translateY(${rows.topOf(index)}px)`,
                paddingLeft: Math.min(row.level, indentedLevels) * indent - 8,
              }}
              onClick={() => {
                at.current = index
                pick(row)
                if (row.expandable) toggle(row)
              }}
            >
              <NodeText row={row} />
              {row.plots && onPlot ? (
                <PlotButton isSelected={row.path === selected} onPlot={() => onPlot(row.path, row.plots ?? 'number')} />
              ) : null}
            </div>
          )
        })}
      </div>
    </div>
  )
}
