import { useEffect, useState } from 'react'
import type { SignatureCheck } from '../../../shared/jupyter/message.ts'
import { messageOf, type TranscriptRecord } from '../../../shared/transcript/record.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import classes from './reply.module.css'

const words: Readonly<Record<SignatureCheck, string>> = {
  valid: 'The signature is valid.',
  wrong: 'The signature is wrong: it was made with another key, or the message was changed.',
  none: 'The message has no signature.',
  'no-key': 'The key of the kernel is not kept any more: start from its connection file again to check signatures.',
}

/** Whether the signature of a message is that of the socket's key; nothing where its messages are not signed. */
export function SignatureFact({ record }: { readonly record: TranscriptRecord }) {
  const signing = useWorkspace(({ sockets }) => sockets.find(({ id }) => id === record.session)?.signing ?? null)
  const [found, setFound] = useState<{ readonly of: TranscriptRecord; readonly check: SignatureCheck } | null>(null)
  useEffect(() => {
    if (!signing) return
    let isWanted = true
    call('jupyter.check', { frames: [...messageOf(record)], signing })
      .then((check) => isWanted && setFound({ of: record, check }))
      .catch(report)
    return () => {
      isWanted = false
    }
  }, [record, signing])
  if (!signing || found?.of !== record) return null
  return (
    <p
      role="status"
      aria-label="Signature"
      className={classes.signature}
      data-wrong={found.check === 'wrong' || found.check === 'no-key' || undefined}
    >
      {words[found.check]}
    </p>
  )
}
