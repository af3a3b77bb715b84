import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react'
import { formatClock, formatIso, formatSize } from '../../../shared/format.ts'
import { formatRoutingId } from '../../../shared/session/routing-id.ts'
import type { Topic } from '../../../shared/session/topic.ts'
import { type PatternId, patternOf } from '../../../shared/zmq/patterns.ts'
import { IsolatedText } from '../../ui/isolated-text.tsx'
import type { Column } from '../../ui/table-columns.ts'
import classes from './messages.module.css'
import { previewWithoutTopic, topicOf } from './row-topic.ts'

const time: Column = {
  id: 'time',
  name: 'Time',
  width: 88,
  sorts: 'time',
  cell: ({ at }) => <span title={formatIso(at)}>{formatClock(at)}</span>,
}

const direction: Column = {
  id: 'direction',
  name: 'Direction',
  width: 16,
  hidesName: true,
  cell: ({ direction: is }) => {
    const Icon = is === 'sent' ? IconArrowUpRight : IconArrowDownLeft
    return (
      <span className={classes.direction} title={is}>
        <Icon size={14} aria-hidden />
        <span className="visually-hidden">{is}</span>
      </span>
    )
  },
}

const peer: Column = {
  id: 'peer',
  name: 'Peer',
  width: 60,
  grows: 1,
  cell: (row) => {
    const name = row.peer === null ? '' : formatRoutingId(row.peer)
    return (
      <span className={classes.preview} title={name}>
        {name}
      </span>
    )
  },
}

const topic = (topics: readonly Topic[]): Column => ({
  id: 'topic',
  name: 'Topic',
  width: 60,
  grows: 1,
  cell: (row) => {
    const name = topicOf(row, topics)
    return (
      <span className={classes.preview} title={name}>
        <IsolatedText line={name} />
      </span>
    )
  },
})

/** Without the frame that the column of topics has. */
const preview = (hasTopic: boolean): Column => ({
  id: 'preview',
  name: 'Preview',
  width: 80,
  grows: 3,
  cell: (row) => (
    <span className={classes.preview} title={row.preview}>
      <IsolatedText line={hasTopic ? previewWithoutTopic(row) : row.preview} />
    </span>
  ),
})

const frames: Column = {
  id: 'frames',
  name: 'Frames',
  width: 44,
  numeric: true,
  cell: ({ frameCount }) => frameCount,
}

const size: Column = {
  id: 'size',
  name: 'Size',
  width: 60,
  numeric: true,
  sorts: 'size',
  cell: (row) => formatSize(row.size),
}

/** What the messages of a socket have besides their bytes; null for nothing. */
export function partOf(pattern: PatternId): 'topic' | 'peer' | null {
  const { envelope, group, frames: frameCount } = patternOf(pattern)
  if (envelope === 'peer') return 'peer'
  return group === 'Publish and subscribe' || frameCount === 2 ? 'topic' : null
}

/** The columns of the messages of a socket: with peers or topics, where its messages have them. */
export function messageColumns(pattern: PatternId, topics: readonly Topic[]): readonly Column[] {
  const part = partOf(pattern)
  const own = part === 'peer' ? [peer] : part === 'topic' ? [topic(topics)] : []
  return [time, direction, ...own, preview(part === 'topic'), frames, size]
}
