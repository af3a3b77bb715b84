import { Suspense } from 'react'
import { formatClock, formatDay, formatSize } from '../../../shared/format.ts'
import { sizeOf } from '../../../shared/message.ts'
import { isRecorded } from '../../../shared/recording/opened.ts'
import { formatRoutingId } from '../../../shared/session/routing-id.ts'
import { messageOf, type TranscriptRecord } from '../../../shared/transcript/record.ts'
import { useLog } from '../../state/log-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { ExchangeSwitch } from './exchange-switch.tsx'
import { RecordMenu } from './menus.ts'
import { RecordBody, RecordFormTabs } from './record-forms.tsx'
import classes from './reply.module.css'
import { SignatureFact } from './signature-fact.tsx'

/** What is known of a record besides its frames. */
function factsOf(record: TranscriptRecord, isOther: boolean): string {
  const message = messageOf(record)
  const what = record.kind === 'event' ? 'Event' : record.direction === 'sent' ? 'Sent' : 'Received'
  const preposition = record.direction === 'sent' ? 'to' : 'from'
  const frames = message.length === 1 ? '1 frame' : `${message.length} frames`
  return [
    what,
    `${formatDay(record.at)} ${formatClock(record.at)}`,
    ...(isOther ? [record.name] : []),
    ...(record.peer ? [`${preposition} ${formatRoutingId(record.peer)}`] : []),
    frames,
    formatSize(sizeOf(message)),
  ].join(' · ')
}

/** The message that was chosen from the list, or from the log. */
export function MessageView() {
  const { id } = useActiveDraft()
  // One that was opened beside another socket is not what is looked for here.
  const record = useLog(({ viewed, viewedBeside }) => (viewedBeside === id ? viewed : null))
  return (
    <section aria-label="Message" className={classes.reply}>
      <div className={classes.heading}>
        <Heading
          beside={record?.kind === 'message' ? <RecordFormTabs /> : null}
          aside={
            record ? (
              <>
                <ExchangeSwitch />
                <Suspense fallback={null}>
                  <RecordMenu key={record.id} record={record} />
                </Suspense>
              </>
            ) : null
          }
        >
          {record && record.session !== id && !isRecorded(record.session) ? 'From the log' : 'Message'}
        </Heading>
      </div>
      <div className={classes.body}>
        {record ? (
          <RecordBody record={record}>
            <p className={classes.facts}>{factsOf(record, record.session !== id)}</p>
            <SignatureFact record={record} />
            {record.kind === 'event' ? (
              <p className={classes.facts}>
                <strong>{record.event}</strong> {record.detail}
              </p>
            ) : null}
          </RecordBody>
        ) : (
          <p className={classes.empty}>Select a message to see its frames.</p>
        )}
      </div>
    </section>
  )
}
