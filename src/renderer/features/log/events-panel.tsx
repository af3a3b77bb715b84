import { Attempts } from './attempts.tsx'
import { eventColumns } from './columns.tsx'
import { FilteredLog } from './filtered-log.tsx'

/** The socket events alone, each with its meaning. */
export function EventsPanel() {
  return (
    <FilteredLog
      label="Events"
      kind="event"
      columns={eventColumns}
      other={{
        button: 'Each attempt',
        explanation: 'Every attempt to connect within the last minute. The log sums up those that fail alike.',
        view: (filter) => <Attempts filter={filter} />,
      }}
      empty="No socket events yet. Connect, or start the server."
      hidden="No socket events."
    />
  )
}
