import { SegmentedControl } from '@mantine/core'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { useLog } from '../../state/log-store.ts'
import classes from './exchange-switch.module.css'

/** Switches between an opened message and the other one of its exchange, where there is one. */
export function ExchangeSwitch() {
  const id = useLog(({ viewed }) => viewed?.id)
  const partner = useLog((log) => log.partner)
  if (id === undefined || partner === null) return null
  const [request, reply] = [Math.min(id, partner), Math.max(id, partner)]
  return (
    <SegmentedControl
      aria-label="Message of the exchange"
      classNames={{ label: classes.label ?? '' }}
      data={[
        { value: String(request), label: 'Request' },
        { value: String(reply), label: 'Reply' },
      ]}
      value={String(id)}
      onChange={(chosen) => void viewEntry(chosen === String(request) ? request : reply).catch(report)}
    />
  )
}
