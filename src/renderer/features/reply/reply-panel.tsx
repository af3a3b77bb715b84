import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { Suspense, useCallback, useMemo, useState } from 'react'
import type { ErrorCode } from '../../../shared/errors.ts'
import { formatClock, formatDay, formatSize } from '../../../shared/format.ts'
import { sizeOf } from '../../../shared/message.ts'
import { messageOf, type TranscriptRecord } from '../../../shared/transcript/record.ts'
import { closeViewed, useLog } from '../../state/log-store.ts'
import { noOutcome, type ReceivedReply, useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { Announcement } from './announcement.tsx'
import { EarlierReply, ExchangeProblem } from './exchange-problem.tsx'
import { ExchangeSwitch } from './exchange-switch.tsx'
import { RecordMenu, ReplyMenu } from './menus.ts'
import { RecordBody, RecordFormTabs } from './record-forms.tsx'
import { RecordView, type ShownRecord } from './record-view.tsx'
import classes from './reply.module.css'
import { ReplyDetails, ReplySummary } from './reply-summary.tsx'
import { useRepeatedReply } from './use-repeated-reply.ts'

const countOf = (frames: number): string => (frames === 1 ? '1 frame' : `${frames} frames`)

function EntryView({ entry }: { readonly entry: TranscriptRecord }) {
  const message = messageOf(entry)
  const what = entry.kind === 'event' ? 'Event' : entry.direction === 'sent' ? 'Sent message' : 'Received message'
  return (
    <>
      <div className={classes.heading}>
        <Heading
          beside={entry.kind === 'message' ? <RecordFormTabs /> : null}
          aside={
            <>
              <ExchangeSwitch />
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconArrowBackUp size={14} />}
                onClick={closeViewed}
              >
                Back to the reply
              </Button>
              <Suspense fallback={null}>
                <RecordMenu key={entry.id} record={entry} />
              </Suspense>
            </>
          }
        >
          From the log
        </Heading>
      </div>
      <div className={classes.body}>
        <RecordBody record={entry}>
          <p className={classes.facts}>
            {what} · {formatDay(entry.at)} {formatClock(entry.at)} · {entry.name} · {countOf(message.length)} ·{' '}
            {formatSize(sizeOf(message))}
          </p>
          {entry.kind === 'event' ? (
            <p className={classes.facts}>
              <strong>{entry.event}</strong> {entry.detail}
            </p>
          ) : null}
        </RecordBody>
      </div>
    </>
  )
}

function ReplyContent({ reply, sessionId }: { readonly reply: ReceivedReply; readonly sessionId: string }) {
  const { frames } = reply.exchange
  const record = useMemo(
    (): ShownRecord => ({ session: sessionId, direction: 'received', frames, envelope: 0 }),
    [sessionId, frames],
  )
  /** Decoding times in nanoseconds, by frame index. */
  const [decoded, setDecoded] = useState<{ of: unknown; ns: Readonly<Record<number, number>> }>({ of: frames, ns: {} })
  const onDecoded = useCallback(
    (index: number, nanoseconds: number) =>
      setDecoded((before) => ({
        of: frames,
        ns: before.of === frames ? { ...before.ns, [index]: nanoseconds } : { [index]: nanoseconds },
      })),
    [frames],
  )
  const times = decoded.of === frames ? Object.values(decoded.ns) : []
  const decodeNs = times.length === 0 ? null : times.reduce((total, time) => total + time, 0)
  return (
    <RecordView record={record} onDecoded={onDecoded}>
      {reply.exchange.answersEarlier ? (
        <div className={classes.warning}>
          <EarlierReply />
        </div>
      ) : null}
      <ReplyDetails reply={reply} decodeNs={decodeNs} />
    </RecordView>
  )
}

/** What is told elsewhere: at the endpoint, and at the frame. */
const toldElsewhere: readonly ErrorCode[] = ['invalid-endpoint', 'encode-failed']

function LatestReply() {
  const { id } = useActiveDraft()
  const outcome = useSessions(({ outcomes }) => outcomes[id] ?? noOutcome)
  const { reply, error, sendingSince } = outcome
  useRepeatedReply(id)
  const waiting = sendingSince !== null
  const shownError = error && !toldElsewhere.includes(error.code) ? error : null
  const isFormer = reply !== null && (waiting || shownError !== null)
  return (
    <>
      <Announcement outcome={outcome} />
      <div className={classes.heading}>
        <Heading
          aside={
            reply ? (
              <>
                <ReplySummary reply={reply} isFormer={isFormer} />
                <Suspense fallback={null}>
                  <ReplyMenu />
                </Suspense>
              </>
            ) : null
          }
        >
          Reply
        </Heading>
      </div>
      {shownError ? (
        <div className={classes.problem}>
          <ExchangeProblem sessionId={id} error={shownError} />
        </div>
      ) : null}
      <div
        className={classes.body}
        data-record={reply?.exchange.record}
        data-stale={isFormer || undefined}
        aria-busy={waiting}
      >
        {isFormer && !waiting ? <p className={classes.former}>The reply to an earlier request:</p> : null}
        {reply ? <ReplyContent reply={reply} sessionId={id} /> : null}
        {!reply && !shownError ? (
          <p className={classes.empty}>{waiting ? 'Waiting for the reply…' : 'Send a request to see the reply.'}</p>
        ) : null}
      </div>
    </>
  )
}

/** The reply, or a log entry that the person opened. */
export function ReplyPanel() {
  const entry = useLog(({ viewed }) => viewed)
  return (
    <section aria-label="Reply" data-part="reply" className={classes.reply}>
      {entry ? <EntryView entry={entry} /> : <LatestReply />}
    </section>
  )
}
