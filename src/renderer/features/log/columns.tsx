import { IconArrowDownLeft, IconArrowUpRight, IconPoint } from '@tabler/icons-react'
import { formatClock, formatDuration, formatIso, formatSize } from '../../../shared/format.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import type { Direction, RecordRow } from '../../../shared/transcript/record.ts'
import { IsolatedText } from '../../ui/isolated-text.tsx'
import type { Column } from '../../ui/record-table.tsx'
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
  name: 'Time',
  width: '96px',
  cell: ({ at }) => <span title={formatIso(at)}>{formatClock(at)}</span>,
}

const session: Column = {
  name: 'Connection',
  width: 'minmax(156px, 1fr)',
  cell: (row) => (
    <span title={row.name}>
      {row.session === echoServerId ? 'server ' : ''}
      {row.name.replace('tcp://', '')}
    </span>
  ),
}

export const logColumns: readonly Column[] = [
  time,
  { name: 'Direction', width: '84px', cell: (row) => <DirectionSign row={row} /> },
  session,
  {
    name: 'Frames',
    width: '52px',
    numeric: true,
    cell: ({ kind, frameCount }) => (kind === 'event' ? '' : frameCount),
  },
  { name: 'Size', width: '72px', numeric: true, cell: ({ kind, size }) => (kind === 'event' ? '' : formatSize(size)) },
  {
    name: 'Preview',
    width: 'minmax(100px, 3fr)',
    cell: ({ kind, event, preview }) => (
      <span className={classes.preview} title={preview}>
        {kind === 'event' ? `${event}: ` : null}
        <IsolatedText line={preview} />
      </span>
    ),
  },
  {
    name: 'Round trip',
    width: '76px',
    numeric: true,
    cell: ({ roundTripNs }) => (roundTripNs === null ? '' : formatDuration(roundTripNs)),
  },
]

export const eventColumns: readonly Column[] = [
  time,
  session,
  { name: 'Event', width: 'minmax(120px, 1fr)', cell: ({ event }) => event },
  { name: 'Meaning', width: 'minmax(120px, 4fr)', cell: ({ preview }) => <span title={preview}>{preview}</span> },
]
