import { isAlarming } from '../../../shared/watch/alarming.ts'
import { useSessions } from '../../state/session-store.ts'
import classes from './watch-badge.module.css'

/** How many watches of a socket have found something; nothing while none has. */
export function WatchBadge({ id }: { readonly id: string }) {
  const count = useSessions(({ sessions }) => sessions[id]?.watches.filter(isAlarming).length ?? 0)
  if (count === 0) return null
  return (
    <span role="status" aria-label="Watches with something found" className={classes.badge}>
      {count}
    </span>
  )
}
