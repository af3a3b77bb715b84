import { ActionIcon, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { forgetPassword, notePassword } from '../../state/passwords.ts'
import { clearError, keepTyped } from '../../state/security-actions.ts'
import classes from './security.module.css'

interface PasswordFieldProps {
  readonly label: string
  readonly socket: string
  /** The user of a PLAIN server that it is of; null for that of the socket itself. */
  readonly user: string | null
  /** The id of the secret that is kept; null for none. */
  readonly kept: string | null
  readonly error?: ReactNode
  /** It was kept under this id; null when it was emptied. Called when the field is left, maybe after it has gone. */
  readonly onKept: (id: string | null) => void
}

/** What stands in the field. `of`: the id of the secret that it is; null while it is typed. */
interface Shown {
  readonly text: string
  readonly of: string | null
}

/** A password: what is kept shows only when it is asked for. What is typed is kept when the field is left. */
export function PasswordField({ label, socket, user, kept, error, onKept }: PasswordFieldProps) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [isVisible, setVisible] = useState(false)
  const field = `${socket} ${user ?? ''}`
  // Emptied and not left yet, it must not come back with another field.
  useEffect(() => () => forgetPassword(field), [field])
  // Another was taken meanwhile, by Undo say.
  const isCurrent = shown !== null && (shown.of === null || shown.of === kept)
  const text = isCurrent ? shown.text : ''
  const toggle = async () => {
    if (!isVisible && !isCurrent && kept !== null) {
      setShown({ text: (await call('secret.reveal', { id: kept })).text, of: kept })
    }
    setVisible(!isVisible)
  }
  return (
    <TextInput
      label={label}
      // A password field has no role that says what it is.
      type="text"
      autoComplete="off"
      spellCheck={false}
      className={classes.field ?? ''}
      classNames={{ input: isVisible ? 'bytes' : classes.masked }}
      value={text}
      placeholder={kept === null || (isCurrent && shown.of === null) ? '' : '••••••••'}
      error={error}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setShown({ text: typed, of: null })
        clearError(socket, user === null ? 'password' : 'users', user ?? undefined)
        notePassword(field, {
          socket,
          user,
          text: typed,
          kept: (id) => {
            setShown(id === null ? null : { text: typed, of: id })
            onKept(id)
          },
        })
      }}
      onBlur={() => void keepTyped(socket)}
      rightSection={
        <ActionIcon
          aria-label={`${isVisible ? 'Hide' : 'Show'}: ${label}`}
          title={isVisible ? 'Hide it' : 'Show it'}
          aria-pressed={isVisible}
          disabled={kept === null && text === ''}
          onClick={() => toggle().catch(report)}
        >
          {isVisible ? <IconEyeOff size={14} /> : <IconEye size={14} />}
        </ActionIcon>
      }
    />
  )
}
