import { Badge } from '@mantine/core'
import { IconEqual, IconEqualNot } from '@tabler/icons-react'
import { formatCount, formatDuration, formatSize } from '../../../shared/format.ts'
import { type Difference, sizeOf } from '../../../shared/message.ts'
import type { ReceivedReply } from '../../state/session-store.ts'
import { explained } from '../../ui/explained.ts'
import classes from './reply.module.css'

function Comparison({ difference }: { readonly difference: Difference | null }) {
  return difference ? (
    <span className={classes.comparison} {...explained('surplus')}>
      <IconEqualNot size={14} aria-hidden />
      differs from the request at frame {difference.frame + 1}, byte {difference.offset}
    </span>
  ) : (
    <span className={classes.comparison}>
      <IconEqual size={14} aria-hidden />
      identical to the request
    </span>
  )
}

/** The reply in short: size and round trip. A former reply says nothing of the last request's time. */
export function ReplySummary({ reply, isFormer }: { readonly reply: ReceivedReply; readonly isFormer: boolean }) {
  const { exchange } = reply
  return (
    <>
      {exchange.first ? (
        <Badge
          size="sm"
          variant="default"
          title="The first exchange of a socket is often slower than later ones"
          className={classes.first}
        >
          first
        </Badge>
      ) : null}
      <span className="tabular">
        {exchange.frames.length === 1 ? '' : `${formatCount(exchange.frames.length)} frames · `}
        {formatSize(sizeOf(exchange.frames))}
      </span>
      <strong role="status" aria-live="off" aria-label="Round trip" {...explained('roundTrip')} className="tabular">
        {isFormer ? '' : formatDuration(exchange.roundTripNs)}
      </strong>
    </>
  )
}

/** How the reply compares with the request, and the times that the round trip excludes. */
export function ReplyDetails({ reply, decodeNs }: { readonly reply: ReceivedReply; readonly decodeNs: number | null }) {
  const { exchange, encodeNs } = reply
  // Frames that are folded are not decoded.
  const times = Object.entries({ encoding: encodeNs, decoding: decodeNs, connecting: exchange.connectNs }).flatMap(
    ([what, nanoseconds]) => (nanoseconds === null ? [] : [`${what} ${formatDuration(nanoseconds)}`]),
  )
  return (
    <div className={classes.details}>
      <Comparison difference={exchange.difference} />
      <span>{times.join(' · ')}</span>
    </div>
  )
}
