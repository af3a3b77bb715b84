import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ErrorValue } from '../../../shared/errors.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { problemWithUserName } from '../../../shared/zmq/plain-users.ts'
import { changeSecurity, changeUser, newUser } from '../../state/security-actions.ts'
import { PasswordField } from './password-field.tsx'
import classes from './security.module.css'

/** Who comes in to a PLAIN server. */
export function PlainUsers({ draft, error }: { readonly draft: SocketDraft; readonly error: ErrorValue | null }) {
  const { users } = draft.security
  const problemWith = (name: string): string | null => {
    const isTwice = name !== '' && users.filter((each) => each.name === name).length > 1
    return problemWithUserName(name) ?? (isTwice ? 'Another user has this name.' : null)
  }
  return (
    <div className={classes.group}>
      <ul aria-label="Users" className={classes.list}>
        {users.map(({ id, name, password }, index) => {
          const suffix = index === 0 ? '' : ` ${index + 1}`
          return (
            <li key={id} className={classes.line}>
              <TextInput
                label={`User name${suffix}`}
                className={classes.field ?? ''}
                maxLength={1024}
                spellCheck={false}
                value={name}
                error={problemWith(name)}
                onChange={(event) => changeUser(draft.id, id, { name: event.currentTarget.value })}
              />
              <PasswordField
                label={`Password${suffix}`}
                socket={draft.id}
                user={id}
                kept={password}
                error={error?.details?.field === 'users' && error.details.user === id ? error.message : null}
                onKept={(kept) => changeUser(draft.id, id, { password: kept })}
              />
              <CloseButton
                size="sm"
                className={classes.beside ?? ''}
                aria-label={`Remove the user${suffix}`}
                title="Remove this user"
                onClick={() => changeSecurity(draft.id, { users: users.filter((each) => each.id !== id) })}
              />
            </li>
          )
        })}
      </ul>
      <div className={classes.line}>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => changeSecurity(draft.id, { users: [...users, newUser()] })}
        >
          Add user
        </Button>
        {users.length === 0 ? <span className={classes.note}>No user: nobody comes in.</span> : null}
      </div>
    </div>
  )
}
