import type { ConnectionState, ServerState } from './connection.ts'
import type { LabState } from './lab/progress.ts'

interface States {
  readonly server: ServerState
  readonly connections: readonly ConnectionState[]
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

/** What quitting now would interrupt, each in a few words. */
export function unfinished({ server, connections, lab }: States): string[] {
  const repeats = connections.filter(({ repeat }) => repeat?.running).length
  const waiting = connections.filter(({ inFlightSince, repeat }) => inFlightSince !== null && !repeat?.running).length
  // The window's own connections end with it; any others are somebody else's.
  const own = connections.filter(
    ({ link, endpoint }) => link.state === 'ready' && leadsTo(endpoint, server.endpoint),
  ).length
  const peers = server.phase === 'listening' ? Math.max(0, server.peers - own) : 0
  return [
    ...(waiting > 0 ? [`${count(waiting, 'request')} waiting for a reply`] : []),
    ...(repeats > 0 ? [`${count(repeats, 'repeat')} running`] : []),
    ...(lab.activity === 'idle' ? [] : ['a measurement in the latency lab']),
    ...(peers > 0 ? [`the echo server, with ${count(peers, 'other peer')} connected`] : []),
  ]
}
