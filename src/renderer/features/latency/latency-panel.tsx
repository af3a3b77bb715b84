import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { formatCount } from '../../../shared/format.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './latency.module.css'
import { Statistics } from './statistics.tsx'
import { useLatency } from './use-latency.ts'

/** Loaded with the first round trip. */
const Plots = lazy(async () => ({ default: (await import('./plots.tsx')).Plots }))

/** The active connection's round trips: figures, distribution and timeline. */
export function LatencyPanel() {
  const { id } = useActiveDraft()
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
        <p className={classes.empty}>
          No round trips yet. Press Send, or Repeat… for a distribution. Connect time is not included.
        </p>
      ) : (
        <Suspense fallback={null}>
          <Plots bars={bars} timeline={timeline} />
        </Suspense>
      )}
    </section>
  )
}
