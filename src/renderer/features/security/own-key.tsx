import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import { IconCopy, IconDots, IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { sentenceOf } from '../../../shared/reason.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { curveSecretId } from '../../../shared/zmq/security.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { useSecrets } from '../../state/secrets-store.ts'
import { makeKeyPair, setKeyPair } from '../../state/security-actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { MenuItems } from '../../ui/menu-items.tsx'
import classes from './security.module.css'

/** Takes a secret key that is pasted, and makes its pair the socket's. */
function PasteSecretKey({ draft, onDone }: { readonly draft: SocketDraft; readonly onDone: () => void }) {
  const [text, setText] = useState('')
  const [publicText, setPublicText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const { serverKey, ownKey, clients } = draft.security
  const take = async () => {
    // Both look alike, and a public key would make a pair, too.
    const known = [serverKey, ownKey, ...clients.map((client) => client.publicKey)]
    if (known.includes(text.trim())) return setProblem('This is a public key. The secret key belongs here.')
    try {
      const check = publicText.trim() === '' ? {} : { publicKey: publicText }
      const { publicKey } = await call('key.import', { text, ...check })
      setKeyPair(draft.id, publicKey)
      onDone()
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
  }
  return (
    <form
      className={classes.line}
      onSubmit={(event) => {
        event.preventDefault()
        void take()
      }}
    >
      <TextInput
        aria-label="Secret key"
        placeholder="Secret key: 40 characters of Z85, or 64 hex digits"
        className={classes.wide ?? ''}
        classNames={{ input: classes.masked }}
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setProblem(null)
        }}
      />
      <TextInput
        aria-label="Its public key"
        placeholder="Its public key, to check (optional)"
        className={classes.wide ?? ''}
        classNames={{ input: 'bytes' }}
        spellCheck={false}
        value={publicText}
        onChange={(event) => {
          setPublicText(event.currentTarget.value)
          setProblem(null)
        }}
      />
      <Button type="submit" variant="default">
        Use
      </Button>
      <Button variant="subtle" onClick={onDone}>
        Cancel
      </Button>
    </form>
  )
}

/** The secret key, because somebody asked for it. */
function ShownSecretKey({ text, onDone }: { readonly text: string; readonly onDone: () => void }) {
  return (
    <p className={classes.note}>
      Secret key: <code className="bytes">{text}</code>{' '}
      <Button variant="subtle" size="compact-xs" onClick={onDone}>
        Hide it
      </Button>
    </p>
  )
}

/** The pair of a socket: its public half, and what can be done with both. */
export function OwnKey({ draft, error }: { readonly draft: SocketDraft; readonly error: string | null }) {
  const { ownKey, kind } = draft.security
  const used = useSessions(({ sessions }) => sessions[draft.id]?.ownKey ?? null)
  const secrets = useSecrets()
  const [isPasting, setPasting] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const shown = ownKey ?? used
  const isMissing = ownKey !== null && secrets !== null && !secrets.kept.includes(curveSecretId(ownKey))
  const attempt = async (action: () => Promise<void>) => {
    setProblem(null)
    try {
      await action()
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
  }
  const open = () =>
    attempt(async () => {
      const read = await call('key.readCertificate', { wants: 'pair' })
      if (!read) return
      if (read.hasSecret) setKeyPair(draft.id, read.publicKey)
      else setProblem('This certificate has no secret key: open the one whose name ends in _secret.')
    })
  const save = (withSecret: boolean) => () =>
    attempt(async () => {
      if (ownKey !== null) await call('key.writeCertificate', { publicKey: ownKey, name: draft.name, withSecret })
    })
  const isOwn = ownKey !== null && !isMissing
  const said = problem ?? error
  return (
    <div className={classes.group}>
      <span className={classes.label}>Own public key</span>
      <div className={classes.line}>
        <span className={classes.own}>
          <span role="status" aria-label="Own public key" className={shown === null ? classes.none : classes.key}>
            {shown ?? 'A fresh pair each time it opens'}
          </span>
          {ownKey === null && used !== null ? <span className={classes.none}>until it opens again</span> : null}
          {shown === null ? null : (
            <ActionIcon
              aria-label="Copy the own public key"
              title="Copy"
              onClick={() => call('clipboard.write', { text: shown }).catch(report)}
            >
              <IconCopy size={14} />
            </ActionIcon>
          )}
        </span>
        <Button
          variant="default"
          leftSection={<IconKey size={14} />}
          onClick={() => void attempt(() => makeKeyPair(draft.id))}
        >
          New key pair
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label="More about the key pair" title="More about the key pair">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <MenuItems
              items={[
                { label: 'Paste a secret key…', onSelect: () => setPasting(true) },
                { label: 'Open a certificate…', onSelect: open },
                'divider',
                { label: 'Save the public certificate…', disabled: ownKey === null, onSelect: save(false) },
                { label: 'Save the secret certificate…', disabled: !isOwn, onSelect: save(true) },
                {
                  label: 'Show the secret key',
                  disabled: !isOwn,
                  onSelect: () =>
                    attempt(async () => {
                      if (ownKey === null) return
                      setSecret((await call('secret.reveal', { id: curveSecretId(ownKey) })).text)
                    }),
                },
                'divider',
                kind === 'curve-client' && {
                  label: 'Use a fresh pair each time',
                  disabled: ownKey === null,
                  onSelect: () => setKeyPair(draft.id, null),
                },
              ]}
            />
          </Menu.Dropdown>
        </Menu>
      </div>
      {isPasting ? <PasteSecretKey draft={draft} onDone={() => setPasting(false)} /> : null}
      {secret === null ? null : <ShownSecretKey text={secret} onDone={() => setSecret(null)} />}
      {isMissing ? (
        <p role="alert" className={classes.problem}>
          The secret key of this pair is not kept here. Paste it again, open its certificate, or make a new pair.
        </p>
      ) : said === null ? null : (
        <p role="alert" className={classes.problem}>
          {said}
        </p>
      )}
    </div>
  )
}
