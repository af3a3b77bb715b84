import { Button } from '@mantine/core'
import { IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { isLoopbackHost } from '../../../shared/address.ts'
import { type Diagnosis, findingIn } from '../../../shared/diagnosis/diagnosis.ts'
import { parseEndpoint } from '../../../shared/endpoint.ts'
import { type ErrorValue, InspectorError } from '../../../shared/errors.ts'
import { echoServerId, endpointOf } from '../../../shared/session/spec.ts'
import { linkOf, type SessionState } from '../../../shared/session/state.ts'
import { send, startServerAt } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'

/** Why there is no link, where nobody serves the endpoint: the echo server could. */
const unserved: readonly Diagnosis[] = [
  'nobody-listening',
  'ipc-no-socket',
  'ipc-nobody-listening',
  'ipc-name-unused',
  'inproc-not-bound',
]

/** Whether this machine can bind the endpoint that a socket connects to. */
function isHere(text: string): boolean {
  try {
    const endpoint = parseEndpoint(text, 'connect', { ipv6: true })
    if (endpoint.scheme === 'ipc' || endpoint.scheme === 'inproc') return true
    // The server would not listen where the socket connects from.
    return (
      !('source' in endpoint && endpoint.source) && (isLoopbackHost(endpoint.host) || endpoint.host === 'localhost')
    )
  } catch (thrown) {
    if (thrown instanceof InspectorError) return false
    throw thrown
  }
}

function isUnserved(error: ErrorValue, session: SessionState | undefined): boolean {
  const link = session?.phase === 'open' ? linkOf(session) : undefined
  const found = findingIn(error.details) ?? (link && 'cause' in link ? link.cause : null)
  return found ? unserved.includes(found.diagnosis) : false
}

/** Longer waits to offer. */
const longerWaits = [
  { ms: 30_000, words: '30 s' },
  { ms: 300_000, words: '5 min' },
]

/** What helps after a failed exchange, a button each. */
export function ExchangeCures({ error }: { readonly error: ErrorValue }) {
  const draft = useActiveDraft()
  const session = useSessions(({ sessions }) => sessions[draft.id])
  const isServing = useSessions(({ sessions }) => {
    const phase = sessions[echoServerId]?.phase
    return phase === 'open' || phase === 'opening'
  })
  const endpoint = endpointOf(draft)
  const isReady = session?.phase === 'open' && linkOf(session).state === 'ready'
  if (!isReady && !isServing && isUnserved(error, session) && isHere(endpoint)) {
    return (
      <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={() => void startServerAt(endpoint)}>
        Start the echo server here
      </Button>
    )
  }
  const longer = longerWaits.find(({ ms }) => ms > draft.timeoutMs)
  if (error.code === 'timeout' && longer !== undefined) {
    return (
      <Button
        variant="default"
        leftSection={<IconSend size={14} />}
        onClick={() => void send({ ...draft, timeoutMs: longer.ms })}
      >
        Wait {longer.words} and resend
      </Button>
    )
  }
  return isReady ? (
    <Button variant="default" leftSection={<IconSend size={14} />} onClick={() => void send(draft)}>
      Send again
    </Button>
  ) : null
}
