import { IconHistoryOff } from '@tabler/icons-react'
import { formatCount } from '../../../shared/format.ts'
import { explainedAs } from '../../ui/explained.ts'
import classes from './messages.module.css'

/** That a list of messages need not begin where its socket did: the log has limits. Nothing while it has removed none. */
export function RemovedHint({ evicted }: { readonly evicted: number }) {
  if (evicted === 0) return null
  const entries = evicted === 1 ? 'its oldest entry' : `its ${formatCount(evicted)} oldest entries`
  return (
    <span
      className={classes.removed}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is explained must be reachable by keyboard
      tabIndex={0}
      {...explainedAs(`The log has removed ${entries}, of all sockets, to keep its bounds: see Settings.`)}
    >
      <IconHistoryOff size={14} aria-hidden />
      <span className={classes.removedWords}>oldest removed</span>
    </span>
  )
}
