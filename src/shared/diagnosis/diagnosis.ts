/** What is wrong with a link, as far as the socket's events reveal it. */
export const diagnoses = [
  'nobody-listening',
  'name-not-resolved',
  'wrong-socket-type',
  'mechanism-mismatch',
  'keys-or-protocol',
  'refused',
  'silent-peer',
  'connection-lost',
] as const

export type Diagnosis = (typeof diagnoses)[number]

/** A cause and its remedy, in plain words. */
export interface Advice {
  readonly cause: string
  readonly cure: string
}

const advice: Record<Diagnosis, Advice> = {
  'nobody-listening': {
    cause: 'Nobody is listening there.',
    cure: 'Start the server, or check the host and the port.',
  },
  'name-not-resolved': {
    cause: 'The host name does not resolve.',
    cure: 'Check its spelling, or use an IP address.',
  },
  'wrong-socket-type': {
    cause: 'The peer is not a REP or ROUTER socket.',
    cure: 'A REQ socket can only talk to REP or ROUTER: check which socket listens on this port.',
  },
  'mechanism-mismatch': {
    cause: 'The two sides use different security mechanisms.',
    cure: 'The peer requires CURVE or PLAIN; this connection uses none. Turn security off at the peer to inspect it.',
  },
  'keys-or-protocol': {
    cause: 'The peer broke off the handshake.',
    cure: 'It may be something other than ZeroMQ (an HTTP server, say), another socket type, or refuse this security or key.',
  },
  refused: {
    cause: 'The peer’s authenticator refused this client.',
    cure: 'Check the credentials and the peer’s list of allowed clients.',
  },
  'silent-peer': {
    cause: 'Something accepts the connection but does not speak ZMTP.',
    cure: 'Check the port: the process there is not a ZeroMQ socket, or it hangs.',
  },
  'connection-lost': {
    cause: 'The peer closed the connection.',
    cure: 'It stopped, restarted, or got a message larger than it allows. Reconnecting automatically.',
  },
}

export const adviceFor = (diagnosis: Diagnosis): Advice => advice[diagnosis]
