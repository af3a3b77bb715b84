import { eventColumns } from './columns.tsx'
import { FilteredLog } from './filtered-log.tsx'

/** The socket events alone, each with its meaning. */
export function EventsPanel() {
  return (
    <FilteredLog
      label="Events"
      kind="event"
      columns={eventColumns}
      empty="No socket events yet. Connect, or start the server."
    />
  )
}
