import { NativeSelect } from '@mantine/core'
import { type BehaviourRow, behaviourIds, behaviours } from '../../../shared/session/behaviours.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import classes from './pattern-select.module.css'

const byHand = ''

const rowOf = (id: (typeof behaviourIds)[number]): BehaviourRow => behaviours[id]

/** What a socket does with its messages by itself, for the kinds that can do something. */
export function BehaviourSelect({ draft, isOpen }: { readonly draft: SocketDraft; readonly isOpen: boolean }) {
  const offered = behaviourIds.filter((id) => rowOf(id).patterns.includes(draft.pattern))
  if (offered.length === 0) return null
  const words = draft.behaviour === null ? 'Messages are for you to answer' : rowOf(draft.behaviour).words
  return (
    <NativeSelect
      aria-label="Behaviour"
      title={isOpen ? `${words}. Close the socket to change it.` : `${words}.`}
      data={[{ value: byHand, label: 'By hand' }, ...offered.map((id) => ({ value: id, label: rowOf(id).label }))]}
      value={draft.behaviour ?? byHand}
      disabled={isOpen}
      classNames={{ input: classes.fixed }}
      w={104}
      onChange={(event) => {
        const behaviour = offered.find((id) => id === event.currentTarget.value) ?? null
        applyStep(updateSocket(draft.id, { behaviour }))
      }}
    />
  )
}
