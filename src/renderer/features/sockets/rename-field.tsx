import { TextInput } from '@mantine/core'
import { useRef } from 'react'
import { endpointOf } from '../../../shared/session/spec.ts'
import { maximumNameLength, type SocketDraft, tidyName } from '../../../shared/workspace.ts'
import { askForFocus } from '../../state/focus.ts'
import { endRenaming } from '../../state/renaming.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import classes from './socket-list.module.css'

/** Edits a socket's name. Enter and leaving the field keep it, Escape does not. */
export function RenameField({ draft }: { readonly draft: SocketDraft }) {
  /** Whether it has ended: a field that is removed still loses the focus. */
  const ended = useRef(false)
  const end = (name: string | null) => {
    if (ended.current) return
    ended.current = true
    if (name !== null) applyStep(updateSocket(draft.id, { name: tidyName(name) }))
    endRenaming()
  }
  return (
    <TextInput
      aria-label="Socket name"
      classNames={{ input: classes.rename }}
      size="xs"
      autoFocus
      dir="auto"
      defaultValue={draft.name}
      placeholder={endpointOf(draft)}
      maxLength={maximumNameLength}
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        // Escape also cancels what runs, and Enter chooses.
        event.preventDefault()
        event.stopPropagation()
        end(event.key === 'Enter' ? event.currentTarget.value : null)
        askForFocus('active-connection')
      }}
    />
  )
}
