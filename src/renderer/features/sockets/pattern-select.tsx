import { NativeSelect } from '@mantine/core'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternGroups, patternIds, patternOf } from '../../../shared/zmq/patterns.ts'
import { closeSession } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { changePattern } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import classes from './pattern-select.module.css'

const choices = patternGroups.map((group) => ({
  group,
  items: patternIds
    .filter((id) => patternOf(id).group === group)
    .map((id) => ({ value: id, label: patternOf(id).label })),
}))

/** The kind of a socket, which can be changed while it is closed. */
export function PatternSelect({ draft }: { readonly draft: SocketDraft }) {
  const phase = useSessions(({ sessions }) => sessions[draft.id]?.phase ?? 'closed')
  const isClosed = phase === 'closed' || phase === 'failed'
  return (
    <NativeSelect
      aria-label="Socket type"
      data={choices}
      value={draft.pattern}
      disabled={!isClosed}
      classNames={{ root: classes.type ?? '', input: classes.fixed ?? '' }}
      title={isClosed ? `${patternOf(draft.pattern).words}.` : 'Close the socket to change its type'}
      onChange={(event) => {
        const chosen = patternIds.find((id) => id === event.currentTarget.value)
        if (!chosen) return
        // Why the other kind could not be opened does not count for this one.
        if (phase === 'failed') void closeSession(draft.id)
        applyStep(changePattern(draft.id, chosen))
      }}
    />
  )
}
