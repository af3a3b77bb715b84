import { logColumns } from './columns.tsx'
import { FilteredLog } from './filtered-log.tsx'

/** Everything that happened: messages and socket events of all connections and the server. */
export function LogPanel() {
  return (
    <FilteredLog
      label="Log"
      kind="all"
      columns={logColumns}
      empty="Nothing has happened yet. Start the server or send a message."
      hidden="No message yet. The events so far are in their own tab."
    />
  )
}
