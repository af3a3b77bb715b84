import { ActionIcon, TextInput } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useState } from 'react'
import { InspectorError } from '../../../shared/errors.ts'
import { sentenceOf } from '../../../shared/reason.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { parsePublicKey } from '../../../shared/zmq/keys.ts'
import { call } from '../../api.ts'
import { changeSecurity } from '../../state/security-actions.ts'
import classes from './security.module.css'

/** What is wrong with a public key; null when nothing is, or nothing was written yet. */
export function problemWithKey(text: string): string | null {
  if (text.trim() === '') return null
  try {
    parsePublicKey(text)
    return null
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown.message
    throw thrown
  }
}

/** The public key of the server that a CURVE client talks to. */
export function ServerKey({ draft, error }: { readonly draft: SocketDraft; readonly error: string | null }) {
  const { serverKey } = draft.security
  const [refused, setRefused] = useState<string | null>(null)
  const set = (text: string) => {
    setRefused(null)
    changeSecurity(draft.id, { serverKey: text })
  }
  const open = async () => {
    try {
      const read = await call('key.readCertificate', { wants: 'public' })
      if (read) set(read.publicKey)
    } catch (thrown) {
      setRefused(sentenceOf(thrown))
    }
  }
  return (
    <div className={classes.line}>
      <TextInput
        label="Server public key"
        placeholder="40 characters of Z85, or 64 hex digits"
        className={classes.wide ?? ''}
        classNames={{ input: 'bytes' }}
        maxLength={1024}
        spellCheck={false}
        value={serverKey}
        error={refused ?? problemWithKey(serverKey) ?? error}
        onChange={(event) => set(event.currentTarget.value)}
        rightSection={
          <ActionIcon
            aria-label="Read the server public key from a certificate"
            title="Open a certificate…"
            onClick={() => void open()}
          >
            <IconCertificate size={14} />
          </ActionIcon>
        }
      />
    </div>
  )
}
