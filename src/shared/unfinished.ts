import type { ConnectionState, ServerState } from './connection.ts'
import type { LabState } from './lab/progress.ts'

interface States {
  readonly server: ServerState
  readonly connections: readonly ConnectionState[]
  readonly lab: LabState
}

const count = (number: number, one: string): string => (number === 1 ? `1 ${one}` : `${number} ${one}s`)

/** Whether both may be one place: a port of this machine has many names. */
function isSamePlace(one: string, other: string): boolean {
  const [port, otherPort] = [one, other].map((endpoint) => /^tcp:.*:(\d+)$/.exec(endpoint)?.[1])
  return one === other || (port !== undefined && port === otherPort)
}

/** What would be cut off if the application ended now, each in a few words. */
export function unfinished({ server, connections, lab }: States): string[] {
  const repeats = connections.filter(({ repeat }) => repeat?.running).length
  const waiting = connections.filter(({ inFlightSince, repeat }) => inFlightSince !== null && !repeat?.running).length
  // The window's own connections end with it: whoever remains is somebody else.
  const own = connections.filter(({ open, endpoint }) => open && isSamePlace(endpoint, server.endpoint)).length
  const peers = server.phase === 'listening' ? Math.max(0, server.peers - own) : 0
  return [
    ...(waiting > 0 ? [`${count(waiting, 'request')} waiting for a reply`] : []),
    ...(repeats > 0 ? [`${count(repeats, 'repeat')} under way`] : []),
    ...(lab.activity === 'idle' ? [] : ['a measurement in the latency lab']),
    ...(peers > 0 ? [`the echo server, with ${count(peers, 'other peer')} connected`] : []),
  ]
}
