import { formatCount, formatDuration, formatSize } from '../../../../shared/format.ts'
import type { RecordRow, TranscriptRecord } from '../../../../shared/transcript/record.ts'
import { topicFrame } from '../../../state/comparison.ts'
import classes from './figures.module.css'
import { SmallHistogram } from './small-histogram.tsx'
import { mostRows, useLikeRows } from './use-like-rows.ts'

const nanosecondsPerMillisecond = 1e6

/** From each message to the next, in nanoseconds. The clock of the system may have been set back meanwhile. */
const intervalsOf = (rows: readonly RecordRow[]): readonly number[] =>
  rows.slice(1).map(({ at }, place) => Math.max(0, at - (rows[place]?.at ?? at)) * nanosecondsPerMillisecond)

const wholeSize = (bytes: number): string => formatSize(Math.round(bytes))

/** How large the messages of a topic are, and how often they come. */
export function FiguresView({ record }: { readonly record: TranscriptRecord }) {
  const rows = useLikeRows(record)
  if (!rows) return null
  const whose = topicFrame(record) !== null ? 'topic' : record.peer ? 'peer' : 'socket'
  return (
    <section aria-label="Figures" className={classes.view}>
      <p className={classes.what}>
        {rows.length === mostRows ? `The newest ${formatCount(mostRows)} messages` : 'All messages'}{' '}
        {record.direction === 'sent' ? 'sent' : 'received'} of this {whose}
      </p>
      <div className={classes.both}>
        <SmallHistogram name="Sizes" values={rows.map(({ size }) => size)} format={wholeSize} />
        <SmallHistogram name="Intervals" values={intervalsOf(rows)} format={formatDuration} />
      </div>
    </section>
  )
}
