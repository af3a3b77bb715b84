import { formatCount, formatRate, formatSize } from '../../../shared/format.ts'
import { noTraffic, type Traffic } from '../../../shared/session/state.ts'
import { type Pattern, patternOf } from '../../../shared/zmq/patterns.ts'
import { keptSeconds, type Second, useRateHistory } from '../../state/rate-history.ts'
import { useSessions } from '../../state/session-store.ts'
import { useNow } from '../../state/use-now.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import classes from './rates.module.css'

const width = 600
const height = 100

/** The line of one direction, second by second, as the points of an SVG polyline. */
function pointsOf(seconds: readonly Second[], now: number, most: number, of: (each: Second) => number): string {
  const bySecond = new Map(seconds.map((each) => [each.second, of(each)]))
  return Array.from({ length: keptSeconds }, (_, index) => {
    const count = bySecond.get(now - keptSeconds + index) ?? 0
    const x = (index / (keptSeconds - 1)) * width
    return `${x.toFixed(1)},${(height - 1 - (count / most) * (height - 2)).toFixed(1)}`
  }).join(' ')
}

/** Drawn each second, as long as there is something to draw. */
function Line({ seconds, pattern }: { readonly seconds: readonly Second[]; readonly pattern: Pattern }) {
  const now = Math.floor(useNow(1000) / 1000)
  const shown = seconds.filter(({ second }) => second >= now - keptSeconds && second < now)
  const peak = Math.max(0, ...shown.map(({ received, sent }) => Math.max(received, sent)))
  const most = Math.max(1, peak)
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>{formatRate(peak)} at most</span>
        <span>
          {pattern.receives ? <span className={classes.receivedKey}>received</span> : null}{' '}
          {pattern.sends ? <span className={classes.sentKey}>sent</span> : null}
        </span>
      </figcaption>
      <svg className={classes.plot} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
        {pattern.sends ? (
          <polyline className={classes.sent} points={pointsOf(shown, now, most, ({ sent }) => sent)} />
        ) : null}
        {pattern.receives ? (
          <polyline className={classes.received} points={pointsOf(shown, now, most, ({ received }) => received)} />
        ) : null}
      </svg>
      <div className={classes.caption}>
        <span>2 minutes ago</span>
        <span>now</span>
      </div>
    </figure>
  )
}

interface Figure {
  readonly name: string
  readonly value: string
  /** Whether it is worth saying although it is zero. */
  readonly always: boolean
}

function figuresOf(traffic: Traffic, { sends, receives, hears }: Pattern): readonly Figure[] {
  const { received, receivedBytes, sent, sentBytes, queued, unheard, dropped, rejected } = traffic
  const all = [
    ...(receives
      ? [{ name: 'received', value: `${formatCount(received)} · ${formatSize(receivedBytes)}`, always: true }]
      : []),
    ...(sends ? [{ name: 'sent', value: `${formatCount(sent)} · ${formatSize(sentBytes)}`, always: true }] : []),
    { name: 'waiting for a peer', value: formatCount(queued), always: queued > 0 },
    { name: 'sent to nobody', value: formatCount(unheard), always: hears && unheard > 0 },
    { name: 'dropped', value: formatCount(dropped), always: dropped > 0 },
    { name: 'turned away', value: formatCount(rejected), always: rejected > 0 },
  ]
  return all.filter(({ always }) => always)
}

/** What went through the active socket since it was opened, and its rate in the last two minutes. */
export function RatesPanel() {
  const { id, pattern } = useActiveDraft()
  const traffic = useSessions(({ sessions }) => sessions[id]?.traffic ?? noTraffic)
  const seconds = useRateHistory(id)
  const newest = seconds.at(-1)?.second ?? 0
  const isRecent = newest > Date.now() / 1000 - keptSeconds
  return (
    <section aria-label="Rates" data-part="latency" className={classes.rates}>
      <dl className={classes.figures}>
        {figuresOf(traffic, patternOf(pattern)).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isRecent ? (
        <Line seconds={seconds} pattern={patternOf(pattern)} />
      ) : (
        <p className={classes.empty}>No message in the last two minutes.</p>
      )}
    </section>
  )
}
