import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconPin } from '@tabler/icons-react'
import { useState } from 'react'
import { formatClock, formatCount, formatDay, formatDuration } from '../../../../shared/format.ts'
import { messageOf, type TranscriptRecord } from '../../../../shared/transcript/record.ts'
import { compareWith, topicFrame, useComparison } from '../../../state/comparison.ts'
import { viewsOwner } from '../view-choices.ts'
import classes from './changes.module.css'
import { type ChangesForm, FrameChangesView } from './frame-changes.tsx'
import { useEarlier } from './use-earlier.ts'

/** Frames that are compared; the last ones of longer messages are not. */
const mostFrames = 50

const forms = [
  { value: 'values', label: 'Values' },
  { value: 'bytes', label: 'Bytes' },
] as const

const timeOf = ({ at }: TranscriptRecord): string => formatClock(at)

/** How long one came before the other. */
function interval(one: TranscriptRecord, other: TranscriptRecord): string {
  return formatDuration(Math.abs(other.at - one.at) * 1e6)
}

interface FramesProps {
  readonly earlier: TranscriptRecord
  readonly later: TranscriptRecord
  readonly form: ChangesForm
}

/** The frames of two messages, each with what is another in it. */
function Frames({ earlier, later, form }: FramesProps) {
  const [before, after] = [messageOf(earlier), messageOf(later)]
  const both = Math.min(before.length, after.length)
  const shown = Math.min(both, mostFrames)
  const others = Math.max(before.length, after.length) - both
  return (
    <>
      {after.slice(0, shown).map((frame, index) => (
        <FrameChangesView
          // biome-ignore lint/suspicious/noArrayIndexKey: a frame has no identity but its place
          key={index}
          index={index}
          before={before[index] ?? frame}
          after={frame}
          frames={after}
          sessionId={viewsOwner(later)}
          form={form}
        />
      ))}
      {both > shown ? (
        <p className={classes.note}>The last {formatCount(both - shown)} frames are not compared.</p>
      ) : null}
      {others > 0 ? (
        <p className={classes.note}>
          {formatCount(others)} {others === 1 ? 'frame' : 'frames'} {after.length > before.length ? 'added' : 'removed'}
          .
        </p>
      ) : null}
    </>
  )
}

/** What is another in a message than in the one before it, or than in one that was chosen. */
export function ChangesView({ record }: { readonly record: TranscriptRecord }) {
  const { base } = useComparison()
  const [form, setForm] = useState<ChangesForm>('values')
  const found = useEarlier(record, base)
  // Until that of another record is found, the pair before stays: its two belong together.
  const shown = found ?? { of: record, base, record: null }
  const other = shown.record
  const hasTopic = topicFrame(shown.of) !== null
  const [earlier, later] = other && other.id > shown.of.id ? [shown.of, other] : [other, shown.of]
  const isItself = base === record.id
  return (
    <section aria-label="Changes" className={classes.view}>
      <div className={classes.bar}>
        <span className={classes.what}>
          {earlier && !isItself ? (
            <>
              {shown.base === null ? (
                <span title={`${formatDay(earlier.at)} ${timeOf(earlier)}`}>
                  Since the one before{hasTopic ? ' of its topic' : ''}
                </span>
              ) : (
                `From ${timeOf(earlier)} to ${timeOf(later)}`
              )}{' '}
              · {interval(earlier, later)}
            </>
          ) : null}
        </span>
        {base === null ? (
          <ActionIcon
            size={26}
            variant="default"
            aria-label="Compare others with this message"
            title="Compare others with this message"
            onClick={() => compareWith(record.id)}
          >
            <IconPin size={14} />
          </ActionIcon>
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => compareWith(null)}>
            Compare with the one before
          </Button>
        )}
        <SegmentedControl
          aria-label="What is compared"
          data={[...forms]}
          value={form}
          onChange={(chosen) => setForm(chosen)}
        />
      </div>
      {isItself ? (
        <p className={classes.empty}>Other messages are compared with this one. Select another.</p>
      ) : earlier ? (
        <Frames earlier={earlier} later={later} form={form} />
      ) : found ? (
        <p className={classes.empty}>
          {shown.base !== null
            ? 'The message to compare with is no longer there.'
            : hasTopic
              ? 'No message of this topic came before it.'
              : 'No message came before it.'}
        </p>
      ) : null}
    </section>
  )
}
