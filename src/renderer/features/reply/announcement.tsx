import { formatDuration, formatSize } from '../../../shared/format.ts'
import { sizeOf } from '../../../shared/message.ts'
import type { Outcome } from '../../state/session-store.ts'

function words({ sendingSince, reply, error }: Outcome): string {
  if (sendingSince !== null) return 'Request sent, waiting for the reply.'
  // Announce manual sends only: nobody can listen to every reply of a repeat.
  if (error || !reply || reply.encodeNs === null) return ''
  const { frames, roundTripNs, difference } = reply.exchange
  const count = frames.length === 1 ? '1 frame' : `${frames.length} frames`
  const compared = difference ? 'differs from the request' : 'identical to the request'
  return `Reply: ${count}, ${formatSize(sizeOf(frames))}, ${compared}, round trip ${formatDuration(roundTripNs)}.`
}

/** Announces the outcome of a request to screen readers. A failure is an alert of its own. */
export function Announcement({ outcome }: { readonly outcome: Outcome }) {
  return (
    <p role="status" aria-label="What became of the request" className="visually-hidden">
      {words(outcome)}
    </p>
  )
}
