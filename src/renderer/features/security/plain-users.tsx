import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { encodeUtf8 } from '../../../shared/utf8.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { type KnownUser, maximumPlainBytes } from '../../../shared/zmq/security.ts'
import { changeSecurity } from '../../state/security-actions.ts'
import { PasswordField } from './password-field.tsx'
import classes from './security.module.css'

/** What is wrong with a user name; null when nothing is. */
export function problemWithUserName(name: string): string | null {
  const bytes = encodeUtf8(name).byteLength
  return bytes <= maximumPlainBytes
    ? null
    : `A user name has ${maximumPlainBytes} bytes at most; this one has ${bytes}.`
}

interface PlainUsersProps {
  readonly draft: SocketDraft
  readonly error: string | null
  /** The user that the error is about, counted from 0; null for none. */
  readonly errorIndex: number | null
}

/** Who comes in to a PLAIN server. */
export function PlainUsers({ draft, error, errorIndex }: PlainUsersProps) {
  const { users } = draft.security
  const set = (next: readonly KnownUser[]) => changeSecurity(draft.id, { users: next })
  const change = (index: number, patch: Partial<KnownUser>) =>
    set(users.map((each, other) => (other === index ? { ...each, ...patch } : each)))
  const isTwice = (name: string) => name !== '' && users.filter((each) => each.name === name).length > 1
  return (
    <div className={classes.group}>
      <ul aria-label="Users" className={classes.list}>
        {users.map(({ name, password }, index) => {
          const suffix = index === 0 ? '' : ` ${index + 1}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a user is known by the place while it is edited
            <li key={index} className={classes.line}>
              <TextInput
                label={`User name${suffix}`}
                className={classes.field ?? ''}
                maxLength={1024}
                spellCheck={false}
                value={name}
                error={
                  problemWithUserName(name) ??
                  (isTwice(name) ? 'Another user has this name.' : index === errorIndex ? error : null)
                }
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <PasswordField
                label={`Password${suffix}`}
                socket={draft.id}
                kept={password}
                onKept={(id) => change(index, { password: id })}
              />
              <CloseButton
                size="sm"
                className={classes.beside ?? ''}
                aria-label={`Remove the user${suffix}`}
                title="Remove this user"
                onClick={() => set(users.filter((_, other) => other !== index))}
              />
            </li>
          )
        })}
      </ul>
      <div className={classes.line}>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...users, { name: '', password: null }])}
        >
          Add user
        </Button>
        {users.length === 0 ? <span className={classes.note}>No user: nobody comes in.</span> : null}
      </div>
    </div>
  )
}
