import { NativeSelect, NumberInput } from '@mantine/core'
import { formatCount } from '../../../shared/format.ts'
import type { RoundTripState, Timing } from '../../../shared/session/timing.ts'
import { lastTimedFrame } from '../../../shared/session/timing.ts'
import { type SocketDraft, socketName } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { useSessions } from '../../state/session-store.ts'
import { changeTiming } from '../../state/timing.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { explained } from '../../ui/explained.ts'
import classes from './timing-control.module.css'

const here = ''

const ways = [
  { value: 'off', label: 'Off' },
  { value: 'position', label: 'In their order' },
  { value: 'frame', label: 'By a frame' },
]

/** The sockets where answers can arrive: the one that sends first, if it receives at all. */
function placesFor(draft: SocketDraft, sockets: readonly SocketDraft[]): { value: string; label: string }[] {
  const others = sockets
    .filter(({ id, pattern }) => id !== draft.id && pattern !== 'req' && patternOf(pattern).receives)
    // Those that only receive are the likeliest.
    .toSorted((one, other) => Number(patternOf(one.pattern).sends) - Number(patternOf(other.pattern).sends))
  const places = others.map((each) => ({
    value: each.id,
    label: `${patternOf(each.pattern).label} ${socketName(each)}`,
  }))
  return patternOf(draft.pattern).receives ? [{ value: here, label: 'This socket' }, ...places] : places
}

/** What became of messages beside those in the figures; empty when there is nothing to say. */
function countsInWords({ waiting, late, unmatched }: RoundTripState): string {
  const all = [
    waiting > 0 ? `${formatCount(waiting)} waiting` : '',
    late > 0 ? `${formatCount(late)} too late` : '',
    unmatched > 0 ? `${formatCount(unmatched)} arrived without a match` : '',
  ]
  return all.filter((each) => each !== '').join(' · ')
}

function Counts({ sessionId }: { readonly sessionId: string }) {
  const state = useSessions(({ sessions }) => sessions[sessionId]?.roundTrips ?? null)
  if (!state) return null
  return (
    <p role="status" aria-label="Round trips" aria-live="off" className={classes.counts}>
      {state.isStopped
        ? 'Timing has ended: more than 100,000 messages waited for an answer. Reset latency to begin anew.'
        : countsInWords(state)}
    </p>
  )
}

/** Which messages answer those that the socket sends. */
export function TimingControl({ draft }: { readonly draft: SocketDraft }) {
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const places = placesFor(draft, sockets)
  const [first] = places
  const { timing } = draft
  const set = (patch: Partial<Timing>) => {
    const usual: Timing = { match: 'position', frame: 0, repliesOn: first?.value || null }
    void changeTiming(draft, { ...(timing ?? usual), ...patch })
  }
  if (!first && timing === null) {
    return (
      <p className={classes.counts}>
        A {patternOf(draft.pattern).label} only sends. To time what comes back, add the socket where it arrives, such as
        a PULL.
      </p>
    )
  }
  /** Whether the socket where answers arrive is there. */
  const isKnown = timing === null || places.some(({ value }) => value === (timing.repliesOn ?? here))
  return (
    <div className={classes.timing}>
      <span className={classes.word}>Time answers</span>
      <NativeSelect
        aria-label="Time answers"
        {...explained('timedAnswers')}
        w={128}
        data={ways}
        value={timing?.match ?? 'off'}
        onChange={(event) => {
          const match = event.currentTarget.value
          if (match === 'position' || match === 'frame') set({ match })
          else void changeTiming(draft, null)
        }}
      />
      {timing?.match === 'frame' ? (
        <NumberInput
          aria-label="Frame that comes back"
          title="The frame that comes back as it was sent, counted from 1"
          w={96}
          prefix="Frame "
          min={1}
          max={lastTimedFrame + 1}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="blur"
          value={timing.frame + 1}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1 && value <= lastTimedFrame + 1) set({ frame: value - 1 })
          }}
        />
      ) : null}
      {timing ? (
        <>
          <span className={classes.word}>at</span>
          <NativeSelect
            aria-label="Answers arrive at"
            title="The socket where answers arrive"
            className={classes.place}
            data={isKnown ? places : [...places, { value: timing.repliesOn ?? here, label: 'The socket was removed' }]}
            value={timing.repliesOn ?? here}
            error={!isKnown}
            onChange={(event) => set({ repliesOn: event.currentTarget.value || null })}
          />
        </>
      ) : null}
      <Counts sessionId={draft.id} />
    </div>
  )
}
