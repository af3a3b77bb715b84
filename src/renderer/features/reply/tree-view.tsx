import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { TreeNode } from '../../../shared/codecs/codec.ts'
import classes from './reply.module.css'
import { firstExpanded, parentPath, pathsAbove, type TreeRow, visibleRows } from './tree-rows.ts'

const rowHeight = 22
const indent = 16

function toggled(expanded: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(expanded)
  if (!next.delete(path)) next.add(path)
  return next
}

function NodeText({ row }: { readonly row: TreeRow }) {
  const { node, expandable, expanded } = row
  const Twist = expanded ? IconChevronDown : IconChevronRight
  return (
    <>
      <span className={classes.twist}>{expandable ? <Twist size={16} aria-hidden /> : null}</span>
      {node.key === undefined ? null : <span className={classes.key}>{node.key}</span>}
      <span className={classes.value} title={node.value}>
        {node.value}
      </span>
      <span className={classes.type}>{node.type}</span>
    </>
  )
}

interface TreeViewProps {
  readonly root: TreeNode
  readonly label: string
  /** The path of the selected node. */
  readonly selected: string
  readonly onSelect: (path: string) => void
}

/** A structure that opens and closes, with the keys that trees have everywhere: arrows, Home and End. */
export function TreeView({ root, label, selected, onSelect }: TreeViewProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [expanded, setExpanded] = useState(() => firstExpanded(root))
  const rows = useMemo(() => visibleRows(root, expanded), [root, expanded])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  const at = rows.findIndex(({ path }) => path === selected)

  // A node that was selected elsewhere, in the bytes, is opened up and scrolled to.
  useEffect(() => {
    setExpanded((open) =>
      pathsAbove(selected).every((path) => open.has(path)) || selected === ''
        ? open
        : new Set([...open, ...pathsAbove(selected)]),
    )
  }, [selected])
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])

  const goTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    onSelect(row.path)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at]
    if (!row) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (row.expandable && !row.expanded ? setExpanded(toggled(expanded, row.path)) : goTo(at + 1)),
      ArrowLeft: () =>
        row.expanded
          ? setExpanded(toggled(expanded, row.path))
          : goTo(rows.findIndex(({ path }) => path === parentPath(row.path))),
      Enter: () => (row.expandable ? setExpanded(toggled(expanded, row.path)) : undefined),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={`${id}-${selected}`}
      tabIndex={0}
      className={classes.tree}
      onKeyDown={onKeyDown}
    >
      <div className={classes.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's, which holds the focus
            // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its active item
            <div
              key={row.path}
              id={`${id}-${row.path}`}
              role="treeitem"
              aria-level={row.level}
              aria-selected={row.path === selected}
              {...(row.expandable ? { 'aria-expanded': row.expanded } : {})}
              className={classes.node}
              style={{ transform: `translateY(${item.start}px)`, paddingLeft: row.level * indent - 8 }}
              onClick={() => {
                onSelect(row.path)
                if (row.expandable) setExpanded(toggled(expanded, row.path))
              }}
            >
              <NodeText row={row} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
