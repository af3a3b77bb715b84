import { formatDuration } from '../format.ts'
import { type AdviceFor, type Facts, numberFact, textFact } from './finding.ts'
import {
  curveBrokenOff,
  mechanismAdvice,
  plainBrokenOff,
  refusedAdvice,
  sameRoleAdvice,
  unfinishedAdvice,
} from './security-advice.ts'

/** A heartbeat limit of ours, in words. `heartbeatMs` in milliseconds. */
const heartbeatWords = (facts: Facts): string =>
  `The peer did not answer a heartbeat within ${formatDuration(numberFact(facts, 'heartbeatMs') * 1e6)}, the limit in the socket options here;`

/** Whether the next message connects again, as that of a REQ with one link does. */
const renewsItself = (facts: Facts): boolean => facts.renewsItself === true

/** Why a peer of the right type may look like one of a wrong type. */
const smallLimit = (facts: Facts): string =>
  facts.maximumMessageSize === undefined
    ? ''
    : `The limit of ${numberFact(facts, 'maximumMessageSize')} B in the socket options holds for the handshake, too, and may be too small. `

/** What is wrong with the peer behind a transport connection. */
export const peerAdvice = {
  'wrong-socket-type': (facts) => ({
    cause: `The peer is not a ${textFact(facts, 'peers')} socket.${facts.peer === undefined ? '' : ` It is a ${textFact(facts, 'peer')}.`}`,
    cure: `${smallLimit(facts)}A ${textFact(facts, 'socket')} socket can only talk to ${textFact(facts, 'peers')}: check ${facts.peer === undefined ? 'which socket is there' : 'the endpoint, or use a socket that fits'}.${renewsItself(facts) ? ' Send tries again.' : ''}`,
  }),
  'mechanism-mismatch': mechanismAdvice,
  'unknown-mechanism': (facts) => ({
    cause: `The peer asks for the security mechanism ${textFact(facts, 'mechanism')}, which this application does not have.`,
    cure: 'Have it use NULL, PLAIN or CURVE.',
  }),
  'same-security-role': sameRoleAdvice,
  'client-mechanism': () => ({
    cause: 'A client uses CURVE or PLAIN, and this socket uses no security, so they cannot talk.',
    cure: 'Be the server of the same mechanism here, or turn security off at the client.',
  }),
  'curve-broken-off': curveBrokenOff,
  'plain-broken-off': plainBrokenOff,
  'keys-or-protocol': () => ({
    cause: 'The peer broke off the handshake.',
    cure: 'It may be another socket type, or refuse this security or key.',
  }),
  refused: refusedAdvice,
  'refused-here': (facts) => ({
    cause: `Authentication here did not let the peer in${facts.status === undefined ? '' : ` (status ${textFact(facts, 'status')})`}.`,
    cure: 'Authentication lists who it was, and why.',
  }),
  'silent-peer': () => ({
    cause: 'Something accepts the connection but sends no ZMTP greeting.',
    cure: 'Check the endpoint: the process there is not a ZeroMQ socket, or it hangs.',
  }),
  'peer-hangs': (facts) => ({
    cause: 'The peer was there before, and is silent now: it hangs.',
    cure:
      numberFact(facts, 'heartbeatMs') > 0
        ? `${heartbeatWords(facts)} so the connection was closed. It goes on once the peer does.`
        : 'Look at the peer, in a debugger perhaps. The connection goes on once the peer does.',
  }),
  'greeting-unfinished': () => ({
    cause: 'The peer begins a ZMTP greeting but does not finish it.',
    cure: 'It may hang, or something on the way holds its bytes back.',
  }),
  'ws-refused': () => ({
    cause: 'The peer did not accept the WebSocket.',
    cure: 'It may be a plain HTTP server, or a ZeroMQ socket that listens on tcp:// instead.',
  }),
  'handshake-unfinished': unfinishedAdvice,
  'closes-at-once': () => ({
    cause: 'Something accepts the connection and closes it again, without a ZMTP greeting.',
    cure: 'Check the endpoint: a proxy without a server behind it does this, or a process that is not a ZeroMQ socket.',
  }),
  'not-zeromq': (facts) => ({
    cause: `The port does not speak ZeroMQ: it sent ${textFact(facts, 'start')}.`,
    cure:
      facts.protocol === undefined
        ? 'Check the port.'
        : `It looks like ${textFact(facts, 'protocol')}: check the port.`,
  }),
  'connection-lost': (facts) =>
    numberFact(facts, 'heartbeatMs') > 0
      ? {
          cause: 'The connection broke.',
          cure: `${heartbeatWords(facts)} or it stopped, restarted, or got a message larger than it allows. Reconnecting automatically.`,
        }
      : {
          cause: 'The peer closed the connection.',
          cure: 'It stopped, restarted, or got a message larger than it allows. Reconnecting automatically.',
        },
  'broke-the-rules': (facts) => ({
    cause: `The peer sent a message that ${textFact(facts, 'socket')} must not get, so ZeroMQ closed the connection for good.`,
    cure: renewsItself(facts)
      ? numberFact(facts, 'maximumMessageSize') > 0
        ? 'The message had no empty delimiter frame, or was larger than the limit in the socket options. Send connects again.'
        : 'The message had no empty delimiter frame before its body. Send connects again.'
      : numberFact(facts, 'maximumMessageSize') > 0
        ? 'It was larger than the limit in the socket options, or broke the protocol.'
        : 'It broke the protocol.',
  }),
  'no-descriptors': () => ({
    cause: 'No file descriptors are left, so new peers cannot connect.',
    cure: 'Close some connections, or raise the limit (ulimit -n) before you start the application.',
  }),
} as const satisfies Record<string, AdviceFor>
