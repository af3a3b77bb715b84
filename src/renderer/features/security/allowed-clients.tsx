import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconCertificate, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { sentenceOf } from '../../../shared/reason.ts'
import { maximumNameLength, type SocketDraft } from '../../../shared/workspace.ts'
import { admissions, type KnownClient } from '../../../shared/zmq/security.ts'
import { call } from '../../api.ts'
import { allowClient, changeSecurity } from '../../state/security-actions.ts'
import classes from './security.module.css'
import { problemWithKey } from './server-key.tsx'

const words: Readonly<Record<(typeof admissions)[number], string>> = {
  listed: 'Allowed clients only',
  ask: 'Allowed clients; ask me about others',
  anyone: 'Anyone who knows the server’s key',
}

const choices = admissions.map((value) => ({ value, label: words[value] }))

interface ClientRowProps {
  readonly client: KnownClient
  /** Counted from 1. */
  readonly number: number
  readonly error: string | null
  readonly onChange: (client: KnownClient) => void
  readonly onRemove: () => void
}

function ClientRow({ client, number, error, onChange, onRemove }: ClientRowProps) {
  const suffix = number === 1 ? '' : ` ${number}`
  return (
    <li className={classes.line}>
      <TextInput
        aria-label={`Client public key${suffix}`}
        placeholder="Public key of the client"
        className={classes.wide ?? ''}
        classNames={{ input: 'bytes' }}
        maxLength={1024}
        spellCheck={false}
        value={client.publicKey}
        error={problemWithKey(client.publicKey) ?? error}
        onChange={(event) => onChange({ ...client, publicKey: event.currentTarget.value })}
      />
      <TextInput
        aria-label={`Client name${suffix}`}
        placeholder="Name"
        w={112}
        maxLength={maximumNameLength}
        value={client.name}
        onChange={(event) => onChange({ ...client, name: event.currentTarget.value })}
      />
      <CloseButton size="sm" aria-label={`Remove the client${suffix}`} title="Remove this client" onClick={onRemove} />
    </li>
  )
}

interface AllowedClientsProps {
  readonly draft: SocketDraft
  readonly error: string | null
  /** The client that the error is about, counted from 0; null for none. */
  readonly errorIndex: number | null
}

/** Who comes in to a CURVE server. */
export function AllowedClients({ draft, error, errorIndex }: AllowedClientsProps) {
  const { clients, admits } = draft.security
  const [problem, setProblem] = useState<string | null>(null)
  const set = (next: readonly KnownClient[]) => changeSecurity(draft.id, { clients: next })
  const open = async () => {
    setProblem(null)
    try {
      const read = await call('key.readCertificate', { wants: 'public' })
      if (read)
        allowClient(draft.id, { publicKey: read.publicKey, name: (read.name ?? '').slice(0, maximumNameLength) })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
  }
  return (
    <div className={classes.group}>
      <div className={classes.line}>
        <NativeSelect
          aria-label="Who may come in"
          data={choices}
          value={admits}
          w={264}
          onChange={(event) => {
            const chosen = admissions.find((each) => each === event.currentTarget.value)
            if (chosen) changeSecurity(draft.id, { admits: chosen })
          }}
        />
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...clients, { publicKey: '', name: '' }])}
        >
          Add client
        </Button>
        <Button variant="subtle" leftSection={<IconCertificate size={14} />} onClick={() => void open()}>
          Open a certificate…
        </Button>
      </div>
      <ul aria-label="Allowed clients" className={classes.list}>
        {clients.map((client, index) => (
          <ClientRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a client is known by its place while it is edited
            key={index}
            client={client}
            number={index + 1}
            error={index === errorIndex ? error : null}
            onChange={(next) => set(clients.map((each, other) => (other === index ? next : each)))}
            onRemove={() => set(clients.filter((_, other) => other !== index))}
          />
        ))}
      </ul>
      {clients.length === 0 && admits !== 'anyone' ? (
        <p className={classes.note}>
          {admits === 'listed'
            ? 'No client is allowed yet: nobody comes in.'
            : 'No client is allowed yet: you are asked about each.'}
        </p>
      ) : null}
      {problem === null ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
