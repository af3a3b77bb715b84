/** A monitor event of a socket as plain data, independent of any socket. */
export interface SocketEvent {
  /** zeromq.js's name: `connect`, `handshake`, `disconnect`, `connect:retry`, … */
  readonly type: string
  readonly address: string | null
  /** The code of its error, such as `EPIPE` or `ERR_ZMTP_MECHANISM_MISMATCH`. */
  readonly errorCode: string | null
  /** A ZAP status such as 400. */
  readonly status: number | null
  /** Milliseconds until the next attempt, for `connect:retry`. */
  readonly interval: number | null
}

const meanings: Record<string, string> = {
  accept: 'accepted a connection from a peer',
  'accept:error': 'could not accept a connection',
  bind: 'listening',
  'bind:error': 'could not listen',
  connect: 'the transport is connected',
  'connect:delay': 'connecting in the background',
  'connect:retry': 'not connected, will retry',
  close: 'closed the transport',
  'close:error': 'could not close the transport',
  disconnect: 'the transport was disconnected',
  end: 'the socket’s monitor ended',
  handshake: 'handshake done: the peers can talk',
  'handshake:error:protocol': 'the handshake failed: protocol error',
  'handshake:error:auth': 'the handshake failed: authentication refused',
  'handshake:error:other': 'the handshake failed',
  unknown: 'an unknown event',
}

/** The event as one line of plain words. */
export function describeSocketEvent(event: SocketEvent): string {
  const extras = [
    event.errorCode,
    event.status === null ? null : `status ${event.status}`,
    event.interval === null ? null : `in ${event.interval} ms`,
    event.address,
  ].filter((extra) => extra !== null && extra !== '')
  const meaning = meanings[event.type] ?? event.type
  return extras.length > 0 ? `${meaning} (${extras.join(', ')})` : meaning
}
