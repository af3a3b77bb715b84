import { IconArrowDownLeft, IconArrowUpRight, IconPoint } from '@tabler/icons-react'
import { formatClock, formatDuration, formatIso, formatSize } from '../../../shared/format.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import type { Direction, RecordRow } from '../../../shared/transcript/record.ts'
import { IsolatedText } from '../../ui/isolated-text.tsx'
import type { Column } from '../../ui/table-columns.ts'
import classes from './log.module.css'

const icons = { sent: IconArrowUpRight, received: IconArrowDownLeft, none: IconPoint }
const words: Record<Direction, string> = { sent: 'sent', received: 'received', none: 'event' }

function DirectionSign({ row }: { readonly row: RecordRow }) {
  const Icon = icons[row.direction]
  return (
    <span className={classes.direction} data-direction={row.direction}>
      <Icon size={14} aria-hidden />
      {words[row.direction]}
    </span>
  )
}

const time: Column = {
  id: 'time',
  name: 'Time',
  width: 96,
  sorts: 'time',
  cell: ({ at }) => <span title={formatIso(at)}>{formatClock(at)}</span>,
}

const session: Column = {
  id: 'connection',
  name: 'Socket',
  width: 156,
  grows: 1,
  cell: (row) => (
    <span title={row.name}>
      {row.session === echoServerId ? 'server ' : ''}
      {row.name.replace('tcp://', '')}
    </span>
  ),
}

export const logColumns: readonly Column[] = [
  time,
  { id: 'direction', name: 'Direction', width: 84, cell: (row) => <DirectionSign row={row} /> },
  session,
  {
    id: 'frames',
    name: 'Frames',
    width: 52,
    numeric: true,
    cell: ({ kind, frameCount }) => (kind === 'event' ? '' : frameCount),
  },
  {
    id: 'size',
    name: 'Size',
    width: 72,
    numeric: true,
    sorts: 'size',
    cell: ({ kind, size }) => (kind === 'event' ? '' : formatSize(size)),
  },
  {
    id: 'preview',
    name: 'Preview',
    width: 100,
    grows: 3,
    cell: ({ kind, event, preview }) => (
      <span className={classes.preview} title={preview}>
        {kind === 'event' ? `${event}: ` : null}
        <IsolatedText line={preview} />
      </span>
    ),
  },
  {
    id: 'round-trip',
    name: 'Round trip',
    width: 84,
    numeric: true,
    sorts: 'round-trip',
    cell: ({ roundTripNs }) => (roundTripNs === null ? '' : formatDuration(roundTripNs)),
  },
]

export const eventColumns: readonly Column[] = [
  time,
  session,
  { id: 'event', name: 'Event', width: 120, grows: 1, cell: ({ event }) => event },
  {
    id: 'meaning',
    name: 'Meaning',
    width: 120,
    grows: 4,
    cell: ({ preview }) => <span title={preview}>{preview}</span>,
  },
]
