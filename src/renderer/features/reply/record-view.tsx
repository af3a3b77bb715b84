import { lazy, memo, type ReactNode, Suspense, useMemo } from 'react'
import { messageOf, type TranscriptRecord } from '../../../shared/transcript/record.ts'
import { canPlot, PlottedRecord } from './plotted-record.ts'
import { viewsOwner } from './view-choices.ts'

/** Loaded with the first message: it includes trees, hex and decoding. */
const FrameList = memo(lazy(async () => ({ default: (await import('./frame-list.tsx')).FrameList })))

/** What is shown of every record, whether it came as a reply or was opened from the log. */
export type ShownRecord = Pick<TranscriptRecord, 'session' | 'direction' | 'frames' | 'envelope'>

interface RecordViewProps {
  readonly record: ShownRecord
  /** What stands above the frames. */
  readonly children: ReactNode
  readonly onDecoded?: (index: number, nanoseconds: number) => void
}

/** A record's message, without its envelope, below what is said of it. */
export function RecordView({ record, children, onDecoded }: RecordViewProps) {
  const frames = useMemo(() => messageOf(record), [record])
  return (
    <>
      {children}
      <PlottedRecord value={canPlot(record) ? record : null}>
        <Suspense fallback={null}>
          <FrameList frames={frames} sessionId={viewsOwner(record)} onDecoded={onDecoded} />
        </Suspense>
      </PlottedRecord>
    </>
  )
}
