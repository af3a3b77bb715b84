import { ActionIcon, Button } from '@mantine/core'
import { IconArrowBarToDown } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef } from 'react'
import { formatClock, formatCount } from '../../../shared/format.ts'
import { usualKey } from '../../../shared/topics/key.ts'
import type { TopicRow, TopicSort } from '../../../shared/topics/page.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { setTopicsView, useTopicsView } from '../../state/topic-views.ts'
import { useNow } from '../../state/use-now.ts'
import { openContextMenu } from '../../ui/context-menu.tsx'
import { onPress } from '../../ui/on-press.ts'
import { rowHeightStyle } from '../../ui/row-height.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { useTallRows } from '../../ui/use-tall-rows.ts'
import { TopicKeySelect } from './topic-key-select.tsx'
import { topicMenu } from './topic-menu.ts'
import { TopicCells } from './topic-row.tsx'
import classes from './topics.module.css'
import { type TopicLine, useTopics } from './use-topics.ts'

const rowHeight = 24
const agesEveryMs = 500
/** Topics that are counted from so soon after the socket was opened count all that it has received. */
const soonMs = 1000

const columns: readonly { readonly sort: TopicSort; readonly name: string }[] = [
  { sort: 'count', name: 'Count' },
  { sort: 'rate', name: 'Rate' },
  { sort: 'size', name: 'Size' },
  { sort: 'age', name: 'Age' },
]

/** What opens and closes a topic does nothing else with it. */
const isTwist = (pressed: EventTarget): boolean => pressed instanceof Element && pressed.closest('button') !== null

interface TopicsViewProps {
  readonly draft: SocketDraft
  /** Has the list show the messages of a topic; called when one is selected. */
  readonly onSelect: (topic: TopicRow['topic']) => void
  /** Shows the messages of a topic in the list. */
  readonly onShowInList: (topic: TopicRow['topic']) => void
}

/** What a socket receives, as a tree of topics with their last values. */
export function TopicsView({ draft, onSelect, onShowInList }: TopicsViewProps) {
  const { id, pattern } = draft
  const treeId = useId()
  const view = useTopicsView(id)
  const key = view.key ?? usualKey(pattern)
  const isOpen = useSessions(({ sessions }) => sessions[id] !== undefined)
  const openedAt = useSessions(({ sessions }) => sessions[id]?.openedAt ?? null)
  const { page, since, lines, problem, more } = useTopics(id, key, view, isOpen)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useTallRows(scroller, lines.length, rowHeight)
  const now = useNow(agesEveryMs)
  const at = lines.findIndex((line) => line.kind === 'node' && line.row.id === view.selected)
  const selected = lines[at]?.kind === 'node' ? lines[at].row : null
  const set = (patch: Parameters<typeof setTopicsView>[1]) => setTopicsView(id, patch)

  // The newest message of the selected topic, as it comes.
  const newest = selected?.record ?? null
  const previous = selected?.previous ?? null
  useEffect(() => {
    if (view.follows && newest !== null) viewEntry(newest, previous).catch(report)
  }, [view.follows, newest, previous])

  // The tree was divided anew, or let topics go.
  useEffect(() => {
    const gone = new Set(page?.parts.flatMap(({ parent, isGone }) => (isGone ? [parent] : [])))
    if (gone.size > 0) setTopicsView(id, { opened: new Set([...view.opened].filter((node) => !gone.has(node))) })
  }, [id, page, view.opened])

  const toggle = ({ id: node }: TopicRow) => {
    const opened = new Set(view.opened)
    if (!opened.delete(node)) opened.add(node)
    set({ opened })
  }
  const select = (row: TopicRow) => {
    set({ selected: row.id })
    // Another key is not what the list looks for.
    if (key.by === 'frame' && key.frame === 0) onSelect(row.topic)
  }
  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, index))
    const line = lines[next]
    rows.show(next)
    if (line?.kind === 'node') select(line.row)
  }
  const menuOf = (row: TopicRow) => topicMenu(draft, row, () => onShowInList(row.topic))
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    const place = event.target instanceof Element ? event.target.closest('[data-index]') : null
    const line = lines[Number(place?.getAttribute('data-index') ?? at)]
    if (line?.kind !== 'node') return
    select(line.row)
    openContextMenu(menuOf(line.row))(event)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[at]
    const row = line?.kind === 'node' ? line.row : null
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(lines.length - 1),
      ArrowRight: () => (row && row.children > 0 && !view.opened.has(row.id) ? toggle(row) : goTo(at + 1)),
      ArrowLeft: () => (row && view.opened.has(row.id) ? toggle(row) : goTo(parentOf(lines, at))),
      Enter: () => row && row.children > 0 && toggle(row),
    }
    const move = moves[event.key]
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }
  const sortBy = (sort: TopicSort) =>
    set(sort === view.sort ? { descending: !view.descending } : { sort, descending: sort !== 'name' && sort !== 'age' })
  const orderOf = (sort: TopicSort) => (sort !== view.sort ? '' : view.descending ? ' ↓' : ' ↑')

  return (
    <div className={classes.topics}>
      <div className={classes.toolbar}>
        <SearchField label="Filter topics" value={view.filter} problem={null} onChange={(filter) => set({ filter })} />
        <TopicKeySelect socket={id} pattern={pattern} topicKey={key} view={view} used={page?.separator ?? null} />
        <ActionIcon
          size={30}
          variant={view.follows ? 'light' : 'default'}
          aria-label="Follow the newest message"
          aria-pressed={view.follows}
          title="Show the newest message of the selected topic as it comes"
          onClick={() => set({ follows: !view.follows })}
        >
          <IconArrowBarToDown size={16} />
        </ActionIcon>
        <span className={classes.status} role="status" aria-label="Topics in all" aria-live="off">
          {page ? `${formatCount(page.topics)} ${page.topics === 1 ? 'topic' : 'topics'}` : ''}
        </span>
        {page && since !== null && openedAt !== null && since - openedAt > soonMs ? (
          <span className={classes.status} title="What came before is not counted here. The list has it.">
            since {formatClock(since).slice(0, 8)}
          </span>
        ) : null}
      </div>
      {problem === null ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <div className={classes.header}>
        <button type="button" className={classes.sorter} onClick={() => sortBy('name')}>
          Topic{orderOf('name')}
        </button>
        <span className={classes.valueHeader}>Last value</span>
        {columns.map(({ sort, name }) => (
          <button
            key={sort}
            type="button"
            className={classes.sorter}
            data-wide={sort === 'size' || sort === 'age' || undefined}
            onClick={() => sortBy(sort)}
          >
            {name}
            {orderOf(sort)}
          </button>
        ))}
      </div>
      <div
        ref={scroller}
        role="tree"
        aria-label="Topics"
        {...(selected ? { 'aria-activedescendant': `${treeId}-${selected.id}` } : {})}
        tabIndex={0}
        className={classes.tree}
        style={rowHeightStyle(rowHeight)}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
      >
        <div role="presentation" className={classes.rows} style={{ height: rows.height }}>
          {lines.slice(rows.from, rows.to).map((line, offset) => {
            const index = rows.from + offset
            const style = { transform: `translateY(${rows.topOf(index)}px)` }
            if (line.kind !== 'node')
              return <OtherLine key={`${line.kind} ${line.parent}`} line={line} style={style} onMore={more} />
            const { row, level, isOpen: isUnfolded } = line
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its active item
              <div
                key={row.id}
                id={`${treeId}-${row.id}`}
                role="treeitem"
                data-index={index}
                aria-level={level}
                aria-selected={row.id === view.selected}
                {...(row.children > 0 ? { 'aria-expanded': isUnfolded } : {})}
                className={classes.node}
                style={style}
                {...onPress((pressed) => {
                  if (!isTwist(pressed)) select(row)
                })}
                onDoubleClick={({ target }) => {
                  if (!isTwist(target)) onShowInList(row.topic)
                }}
              >
                <TopicCells row={row} level={level} isOpen={isUnfolded} now={now} onToggle={() => toggle(row)} />
              </div>
            )
          })}
        </div>
        {lines.length === 0 && problem === null ? (
          <p className={classes.empty}>{emptyWords(isOpen, view.filter)}</p>
        ) : null}
      </div>
      {page && page.without.count > 0 ? (
        <p className={classes.note}>{formatCount(page.without.count)} messages have no such topic.</p>
      ) : null}
    </div>
  )
}

function emptyWords(isOpen: boolean, filter: string): string {
  if (!isOpen) return 'Open the socket to see what it receives.'
  return filter === '' ? 'No message yet. Each topic is listed here as it comes.' : 'No topic has this text in it.'
}

/** The index of the node above, in the tree. */
function parentOf(lines: readonly TopicLine[], index: number): number {
  const level = lines[index]?.level ?? 1
  for (let above = index - 1; above >= 0; above -= 1) if ((lines[above]?.level ?? 0) < level) return above
  return index
}

interface OtherLineProps {
  readonly line: Exclude<TopicLine, { readonly kind: 'node' }>
  readonly style: { readonly transform: string }
  readonly onMore: (parent: number) => void
}

/** What stands for rows that are not shown. */
function OtherLine({ line, style, onMore }: OtherLineProps) {
  return (
    <div role="presentation" className={classes.other} style={style}>
      {line.kind === 'more' ? (
        <Button variant="subtle" size="compact-xs" onClick={() => onMore(line.parent)}>
          Show more of {formatCount(line.left)}
        </Button>
      ) : (
        <span className={classes.note}>
          {formatCount(line.topics)} topics that were silent for longest: {formatCount(line.count)} messages
        </span>
      )}
    </div>
  )
}
