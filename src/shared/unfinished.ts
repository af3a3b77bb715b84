import type { LabState } from './lab/progress.ts'
import type { SessionState } from './session/state.ts'

interface States {
  readonly sessions: readonly SessionState[]
  readonly lab: LabState
}

const count = (number: number, one: string): string => (number === 1 ? `1 ${one}` : `${number} ${one}s`)

const isThisMachine = /^(localhost|127\.[\d.]+|\[::1\])$/
const isAnyAddress = /^(\*|0\.0\.0\.0|\[::\])$/

/** Whether a connected endpoint may be the one listened on: a local port has many names. */
function leadsTo(endpoint: string, listened: string): boolean {
  if (endpoint === listened) return true
  const [to, on] = [endpoint, listened].map((each) => /^tcp:\/\/(.+):(\d+)$/.exec(each))
  const [, host = '', port] = to ?? []
  const [, listenedHost = '', listenedPort] = on ?? []
  if (port === undefined || port !== listenedPort) return false
  return isAnyAddress.test(listenedHost) || (isThisMachine.test(host) && isThisMachine.test(listenedHost))
}

/** Endpoints that the sessions are connected to. */
const connectedTo = (sessions: readonly SessionState[]): string[] =>
  sessions.flatMap(({ endpoints }) =>
    endpoints.flatMap((each) => (each.how === 'connect' && each.link.state === 'ready' ? [each.endpoint] : [])),
  )

/** Peers of a session's bound endpoints that are no sessions of this application: those end with it. */
function otherPeers({ phase, endpoints }: SessionState, connected: readonly string[]): number {
  if (phase !== 'open') return 0
  const peers = endpoints.map((each) => {
    if (each.how !== 'bind') return 0
    return Math.max(0, each.peers - connected.filter((endpoint) => leadsTo(endpoint, each.endpoint)).length)
  })
  return peers.reduce((total, count) => total + count, 0)
}

/** What quitting now would interrupt, each in a few words. */
export function unfinished({ sessions, lab }: States): string[] {
  const repeats = sessions.filter(({ repeat }) => repeat?.running).length
  const waiting = sessions.filter(({ inFlightSince, repeat }) => inFlightSince !== null && !repeat?.running).length
  const connected = connectedTo(sessions)
  const peers = sessions.reduce((total, session) => total + otherPeers(session, connected), 0)
  return [
    ...(waiting > 0 ? [`${count(waiting, 'request')} waiting for a reply`] : []),
    ...(repeats > 0 ? [`${count(repeats, 'repeat')} running`] : []),
    ...(lab.activity === 'idle' ? [] : ['a measurement in the latency lab']),
    ...(peers > 0 ? [`the echo server, with ${count(peers, 'other peer')} connected`] : []),
  ]
}
