import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { maximumDeniedLength, type ZapAnswer, zapAnswers } from '../../../shared/zmq/security.ts'
import { changeSecurity } from '../../state/security-actions.ts'
import { explainedAs } from '../../ui/explained.ts'
import classes from './security.module.css'

const words: Readonly<Record<ZapAnswer, string>> = {
  'by-rules': 'By the rules',
  '300': '300 to everybody',
  '400': '400 to everybody',
  '500': '500 to everybody',
  late: 'By the rules, 3 s late',
  never: 'Not at all',
  malformed: 'Against the protocol',
}

const choices = zapAnswers.map((value) => ({ value, label: words[value] }))

const separators = /[\s,;]+/

const addressesIn = (text: string): readonly string[] => text.split(separators).filter((each) => each !== '')

/** What the authenticator of a server does besides: whom it refuses by address, and how it fails on purpose. */
export function AccessFields({ draft, error }: { readonly draft: SocketDraft; readonly error: string | null }) {
  const { denied, answers } = draft.security
  const [typed, setTyped] = useState(denied.join(', '))
  // As it was typed, as long as it says the same.
  const shown = addressesIn(typed).join() === denied.join() ? typed : denied.join(', ')
  return (
    <div className={classes.line}>
      <TextInput
        label="Denied addresses"
        placeholder="192.0.2.7, 192.0.2.0/24"
        className={classes.wide ?? ''}
        classNames={{ input: 'bytes' }}
        maxLength={maximumDeniedLength}
        spellCheck={false}
        value={shown}
        error={error}
        {...explainedAs('Addresses and subnets that are refused, whatever they know. Separate them with commas.')}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          changeSecurity(draft.id, { denied: addressesIn(event.currentTarget.value) })
        }}
      />
      <NativeSelect
        label="Authenticator answers"
        data={choices}
        value={answers}
        w={168}
        {...explainedAs('Answers wrongly on purpose, to see what clients make of it. 300 says: come again.')}
        onChange={(event) => {
          const chosen = zapAnswers.find((each) => each === event.currentTarget.value)
          if (chosen) changeSecurity(draft.id, { answers: chosen })
        }}
      />
    </div>
  )
}
