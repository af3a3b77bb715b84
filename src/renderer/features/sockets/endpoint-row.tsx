import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import type { ErrorValue } from '../../../shared/errors.ts'
import type { Attachment } from '../../../shared/session/spec.ts'
import type { EndpointState } from '../../../shared/session/state.ts'
import type { PatternId } from '../../../shared/zmq/patterns.ts'
import { explained } from '../../ui/explained.ts'
import { endpointWords, type LinkWords } from '../../ui/link-words.ts'
import { Problem } from '../../ui/problem.tsx'
import { StatusLine } from '../../ui/status-line.tsx'
import { ProbeButton, ProbeLink } from './probe-button.tsx'
import { recentEndpoints } from './recent-endpoints.tsx'
import classes from './stream-bar.module.css'

const ways = [
  { value: 'bind', label: 'Bind' },
  { value: 'connect', label: 'Connect' },
]

interface EndpointRowProps {
  readonly attachment: Attachment
  /** Of the socket. */
  readonly pattern: PatternId
  /** Counted from 0. */
  readonly index: number
  /** What is known of it; undefined while the socket does not have it. */
  readonly state: EndpointState | undefined
  /** Whether the socket runs, so that an endpoint it does not have yet can be added. */
  readonly isOpen: boolean
  readonly onChange: (attachment: Attachment) => void
  /** Null where the last one must stay. */
  readonly onRemove: (() => void) | null
  readonly onAttach: () => void
  /** Lets go of a link that ZeroMQ has given up, and makes another. */
  readonly onConnectAgain: () => void
  /** Why it could not be used when that was asked for last. */
  readonly error: ErrorValue | null
  readonly onDismiss: () => void
}

/** What there is to say of an endpoint that the socket does not have yet. */
const unused = ({ how }: Attachment): LinkWords => ({
  tone: 'off',
  short: how === 'bind' ? 'Not bound' : 'Not connected',
  cause: '',
  cure: '',
  note: '',
})

/** One endpoint of a socket: where, how, and what became of it. */
export function EndpointRow({
  attachment,
  pattern,
  index,
  state,
  isOpen,
  onChange,
  onRemove,
  onAttach,
  onConnectAgain,
  error,
  onDismiss,
}: EndpointRowProps) {
  const number = index === 0 ? '' : ` ${index + 1}`
  const isRunning = isOpen && state !== undefined
  const words = state ? endpointWords(state) : unused(attachment)
  /** Another endpoint that is free, where this one cannot be bound. */
  const other = state?.how === 'bind' ? state.suggestion : null
  const use = (endpoint: string) => onChange({ how: attachment.how, endpoint })
  const suggestion = error?.details?.suggestion
  const isSaid = state?.how === 'bind' && state.error !== null
  const resolved = state?.how === 'bind' && state.isBound ? state.endpoint : attachment.endpoint
  return (
    <li className={classes.item}>
      <div className={classes.row}>
        <NativeSelect
          aria-label={`Bind or connect${number}`}
          data={ways}
          value={attachment.how}
          disabled={isRunning}
          classNames={{ input: classes.fixed }}
          w={98}
          onChange={(event) =>
            onChange({ ...attachment, how: event.currentTarget.value === 'bind' ? 'bind' : 'connect' })
          }
        />
        <TextInput
          aria-label={`Endpoint${number}`}
          data-part={index === 0 ? 'endpoint' : undefined}
          list={recentEndpoints}
          className={classes.endpoint}
          classNames={{ input: 'bytes' }}
          value={isRunning ? resolved : attachment.endpoint}
          readOnly={isRunning}
          error={error !== null || (state?.how === 'bind' && state.error !== null)}
          placeholder="tcp://host:port, ipc:///path, inproc://name or ws://host:port"
          maxLength={1024}
          spellCheck={false}
          {...explained('endpoint', resolved)}
          onChange={(event) => onChange({ ...attachment, endpoint: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !isOpen || isRunning) return
            event.preventDefault()
            onAttach()
          }}
        />
        <ProbeButton endpoint={resolved} pattern={pattern} suffix={number} />
        {isRunning && state.how === 'connect' && state.link.state === 'stopped' ? (
          <Button variant="default" leftSection={<IconPlugConnected size={14} />} onClick={onConnectAgain}>
            Connect again
          </Button>
        ) : null}
        {isOpen && !isRunning ? (
          <Button variant="default" leftSection={<IconPlugConnected size={14} />} onClick={onAttach}>
            {attachment.how === 'bind' ? 'Bind' : 'Connect'}
          </Button>
        ) : null}
        <CloseButton
          size="sm"
          aria-label={`Remove endpoint${number}`}
          title={onRemove ? 'Remove this endpoint' : 'A socket has at least one endpoint'}
          disabled={onRemove === null}
          onClick={() => onRemove?.()}
        />
      </div>
      {other === null ? (
        <StatusLine label={`Endpoint state${number}`} words={words}>
          {isRunning && state.how === 'connect' && words.cause !== '' ? (
            <ProbeLink endpoint={resolved} pattern={pattern} suffix={number} />
          ) : null}
          {state?.how === 'bind' && state.reachableFromOutside ? (
            <span>Anyone on your network can reach this address.</span>
          ) : null}
        </StatusLine>
      ) : (
        <Problem
          title={words.cause}
          actions={
            <Button variant="default" onClick={() => use(other)}>
              Use {other}
            </Button>
          }
        />
      )}
      {error && !isSaid ? (
        <Problem
          title={error.message}
          onDismiss={onDismiss}
          actions={
            typeof suggestion === 'string' ? (
              <Button variant="default" onClick={() => use(suggestion)}>
                Use {suggestion}
              </Button>
            ) : null
          }
        />
      ) : null}
    </li>
  )
}
