import { useEffect, useState } from 'react'
import type { TranscriptRecord } from '../../../../shared/transcript/record.ts'
import { call } from '../../../api.ts'
import { report } from '../../../report.ts'
import { findEarlier } from '../../../state/comparison.ts'
import { useLog } from '../../../state/log-store.ts'
import { shownTranscript } from '../../../state/recording-store.ts'

/** What a record is compared with; null where there is nothing. */
export interface Earlier {
  readonly of: TranscriptRecord
  readonly base: number | null
  readonly record: TranscriptRecord | null
}

/**
 * The record that another is compared with: the one that was chosen, else the message before it of its topic or peer. Null
 * until it is found the first time; what was found last stays meanwhile, so that nothing flickers while messages come.
 */
export function useEarlier(record: TranscriptRecord, base: number | null): Earlier | null {
  const known = useLog(({ viewed, viewedAfter }) => (viewed === record ? viewedAfter : null))
  const [found, setFound] = useState<Earlier | null>(null)
  useEffect(() => {
    let isWanted = true
    const find = async () => {
      const given = base ?? known
      const earlier =
        (given === null ? null : await call('log.entry', { id: given, transcript: shownTranscript() })) ??
        (base === null ? await findEarlier(record, () => isWanted) : null)
      if (isWanted) setFound({ of: record, base, record: earlier })
    }
    find().catch(report)
    return () => {
      isWanted = false
    }
  }, [record, base, known])
  return found
}
