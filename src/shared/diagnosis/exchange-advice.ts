import { formatCount, formatDuration, formatSize } from '../format.ts'
import { type AdviceFor, type Facts, numberFact, textFact } from './finding.ts'

/** Below this no peer has a limit on the size of a message. */
const smallestLimit = 16
/** Below this a peer is not likely to have a limit on the size of a message. */
const smallestLikelyLimit = 64
/** A message that is too large breaks the connection at once, not after this long. */
const longestRejectionMs = 1000

const orList = (causes: readonly string[]): string =>
  `Most likely ${causes[0]}. ${causes.length > 1 ? `Or ${causes.slice(1).join('; or ')}. ` : ''}`

/**
 * Why the connection broke while a request waited for its reply, the likeliest cause first. Facts: `bytes` of the
 * request, `waitedMs` from sending to the break, and `after`: what became of the link, `gone`, `back` or `silent`.
 */
function brokenCauses(facts: Facts): string[] {
  const bytes = numberFact(facts, 'bytes')
  const tooLarge = `the message of ${formatCount(bytes)} B is larger than the peer allows`
  const ended = 'the peer ended or restarted'
  const heartbeatMs = numberFact(facts, 'heartbeatMs')
  const heartbeat =
    heartbeatMs > 0
      ? [
          `the peer did not answer a heartbeat within ${formatDuration(heartbeatMs * 1e6)}, the limit in the socket options here`,
        ]
      : []
  if (facts.after === 'silent') return [...heartbeat, 'the peer hangs', ended]
  if (bytes < smallestLimit) return [ended, ...heartbeat]
  if (bytes < smallestLikelyLimit) return [ended, ...heartbeat, tooLarge]
  const atOnce = numberFact(facts, 'waitedMs') < longestRejectionMs
  return facts.after === 'back' && atOnce ? [tooLarge, ended, ...heartbeat] : [ended, tooLarge, ...heartbeat]
}

/** Why ZeroMQ gave the connection up: the reply broke the rules of REQ. */
function forbiddenReplies(facts: Facts): string[] {
  const limit = numberFact(facts, 'maximumMessageSize')
  const tooLarge =
    limit > 0 ? [`the reply is larger than the ${formatCount(limit)} B that the socket options allow`] : []
  // A reply is often as long as its request.
  const isLikelyTooLarge = numberFact(facts, 'bytes') > limit
  const noDelimiter = 'the reply came without the empty delimiter frame'
  const noId = 'the ROUTER did not return the frame with the request id, which relaxed and correlate adds'
  return [
    ...(isLikelyTooLarge ? tooLarge : []),
    ...(facts.correlate === true ? [noId] : []),
    noDelimiter,
    ...(isLikelyTooLarge ? [] : tooLarge),
  ]
}

/** What became of a request, or of a message to one peer. */
export const exchangeAdvice = {
  /** Facts: `timeoutMs`. */
  'nobody-connected': (facts) => ({
    cause: `Not sent within ${formatDuration(numberFact(facts, 'timeoutMs') * 1e6)}: nobody is connected.`,
    cure: 'Start the peer, or check the endpoints: one side binds, and the other connects.',
  }),
  'peer-gone': () => ({ cause: 'This peer has gone.', cure: 'Choose another one, or wait until it is back.' }),
  'peer-unknown': () => ({
    cause: 'No peer with this routing id is connected.',
    cure: 'Choose one that has sent a message, or wait until it connects.',
  }),
  'request-lost': (facts) => ({
    cause: `The connection broke after ${formatCount(numberFact(facts, 'bytes'))} B were sent: the request is lost.`,
    cure: `${orList(brokenCauses(facts))}You can send again; the peer may have handled the request.`,
  }),
  /** Facts: `bytes` of the largest frame, and the server's `limit`. */
  'above-server-limit': (facts) => ({
    cause: `The echo server refused the message: a frame of ${formatSize(numberFact(facts, 'bytes'))} is above its limit of ${formatSize(numberFact(facts, 'limit'))}.`,
    cure: 'Raise “Largest message to the echo server” in the settings and start the server again, or send less.',
  }),
  'reply-broke-the-rules': (facts) => ({
    cause: 'The reply broke the rules of REQ, so ZeroMQ closed the connection and dropped it.',
    cure: `${orList(forbiddenReplies(facts))}You can send again.`,
  }),
  'peer-broke-zmtp': (facts) => ({
    cause: `The peer broke the rules of ZMTP: ${textFact(facts, 'words')}.`,
    cure: `That was at byte ${formatCount(numberFact(facts, 'offset'))} of what it sent. Something on the way may change its bytes, or it is not a ZeroMQ library.`,
  }),
  'replied-twice': () => ({
    cause: 'The peer sent a reply that nobody waited for.',
    cure: 'It may answer a request twice. Then no reply can be told from the next, so the connection was closed.',
  }),
  'reply-without-number': () => ({
    cause: 'A reply came without the number of a request, which the server must return.',
    cure: 'It must send back all frames up to the empty one, as REP does, so a ROUTER more than its first frame. If it cannot, measure without numbers.',
  }),
  'sent-to-push': () => ({
    cause: 'The peer sent a message to a PUSH, which a PULL never does.',
    cure: 'It says that it is a PULL and is none, so the connection was closed. See what it is with a probe.',
  }),
  'reply-without-id': () => ({
    cause: 'A reply came, but not with the id of this request.',
    cure: 'The ROUTER may not return the request id, the frame that relaxed and correlate adds: it must send back all frames up to the empty one. Or the reply was to an earlier request.',
  }),
  'reply-skipped': () => ({
    cause: 'A reply came, but without the empty delimiter as its first frame, so REQ skipped it.',
    cure: 'The ROUTER must send the empty frame before the body.',
  }),
  'reply-missing': () => ({
    cause: 'The peer is connected but did not reply.',
    cure: 'You can send again. Try a longer timeout.',
  }),
} as const satisfies Record<string, AdviceFor>
