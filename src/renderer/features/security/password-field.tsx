import { ActionIcon, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { keepPasswords, notePassword } from '../../state/passwords.ts'
import classes from './security.module.css'

interface SecretFieldProps {
  readonly label: string
  readonly socket: string
  /** The id of the secret that is kept; null for none. */
  readonly kept: string | null
  readonly error?: ReactNode
  readonly onKept: (id: string | null) => void
}

/** A password: what is kept shows only when it is asked for. What is typed is kept when the field is left. */
export function PasswordField({ label, socket, kept, error, onKept }: SecretFieldProps) {
  /** Null as long as it was neither typed nor asked for. */
  const [text, setText] = useState<string | null>(null)
  const [isShown, setShown] = useState(false)
  const show = async () => {
    if (!isShown && text === null && kept !== null) setText((await call('secret.reveal', { id: kept })).text)
    setShown(!isShown)
  }
  return (
    <TextInput
      label={label}
      // A password field has no role that says what it is.
      type="text"
      autoComplete="off"
      spellCheck={false}
      className={classes.field ?? ''}
      classNames={{ input: isShown ? 'bytes' : classes.masked }}
      value={text ?? ''}
      placeholder={kept === null ? '' : '••••••••'}
      error={error}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        notePassword(`${socket} ${label}`, { socket, text: typed, kept: onKept })
        if (typed === '') onKept(null)
      }}
      onBlur={() => void keepPasswords()}
      rightSection={
        <ActionIcon
          aria-label={`${isShown ? 'Hide' : 'Show'}: ${label}`}
          title={isShown ? 'Hide it' : 'Show it'}
          aria-pressed={isShown}
          disabled={kept === null && (text ?? '') === ''}
          onClick={() => show().catch(report)}
        >
          {isShown ? <IconEyeOff size={14} /> : <IconEye size={14} />}
        </ActionIcon>
      }
    />
  )
}
