import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { formatCount } from '../../../shared/format.ts'
import { canBeTimed } from '../../../shared/session/timing.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { offerUndo } from '../../state/undo.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './latency.module.css'
import { Statistics } from './statistics.tsx'
import { useLatency } from './use-latency.ts'

/** Loaded with the first round trip. */
const Plots = lazy(async () => ({ default: (await import('./plots.tsx')).Plots }))

/** Loaded with the first socket whose answers ZeroMQ does not tell. */
const TimingControl = lazy(async () => ({ default: (await import('./timing-control.tsx')).TimingControl }))

/** What is said before there are figures. */
function emptyWords({ pattern, timing }: SocketDraft): string {
  const how = 'Press Send, or Repeat… for a distribution. Connect time is not included.'
  if (!canBeTimed(pattern) || timing !== null) return `No round trips yet. ${how}`
  return 'Round trips are not timed: ZeroMQ does not tell which message answers which. Choose how to tell above.'
}

/** The active socket's round trips: figures, distribution and timeline. */
export function LatencyPanel() {
  const draft = useActiveDraft()
  const { id } = draft
  const latency = useLatency(id)
  const [error, setError] = useState<ErrorValue | null>(null)
  const [saved, setSaved] = useState('')
  const exportCsv = async () => {
    setError(null)
    try {
      const { path, omitted } = await call('latency.export', { sessionId: id })
      if (path === null) return
      const without = omitted > 0 ? ` without the ${formatCount(omitted)} oldest samples, which are no longer kept` : ''
      setSaved(`Saved to ${path}${without}.`)
    } catch (thrown) {
      setError(toErrorValue(thrown))
    }
  }
  const { summary, bars, timeline } = latency
  const empty = summary.count + summary.timeouts === 0
  return (
    <section aria-label="Latency" data-part="latency" className={classes.latency}>
      {canBeTimed(draft.pattern) ? (
        <Suspense fallback={null}>
          <TimingControl draft={draft} />
        </Suspense>
      ) : null}
      <div className={classes.line}>
        <Statistics summary={summary} />
        <div className={classes.buttons}>
          <Tooltip label="Export the samples as CSV">
            <ActionIcon aria-label="Export CSV" disabled={empty} onClick={() => void exportCsv()}>
              <IconDownload size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Reset figures">
            <ActionIcon
              aria-label="Reset latency"
              disabled={empty}
              onClick={() => {
                setSaved('')
                call('latency.reset', { sessionId: id }).catch(report)
                offerUndo('Figures reset', () => call('latency.restore', { sessionId: id }))
              }}
            >
              <IconRefresh size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      {error ? <Problem title={error.message} onDismiss={() => setError(null)} /> : null}
      {saved ? <p role="status">{saved}</p> : null}
      {empty ? (
        <p className={classes.empty}>{emptyWords(draft)}</p>
      ) : (
        <Suspense fallback={null}>
          <Plots bars={bars} timeline={timeline} />
        </Suspense>
      )}
    </section>
  )
}
