import { eventChannel } from '../../../src/shared/channels.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import { noTraffic, type SessionState } from '../../../src/shared/session/state.ts'
import type { CountingWindow, Delivery } from './counting-window.ts'

/** Sessions whose state changes between two deliveries. */
const eventsPerBatch = 64

/** The content of each event; sent repeatedly under many names. */
const state: SessionState = {
  sessionId: '',
  seq: 0,
  phase: 'open',
  spec: requestSpec('tcp://127.0.0.1:25933'),
  endpoints: [{ how: 'connect', endpoint: 'tcp://127.0.0.1:25933', link: { state: 'ready', since: 0 } }],
  error: null,
  openedAt: 0,
  traffic: noTraffic,
  inFlightSince: null,
  repeat: {
    running: true,
    sent: 1000,
    replied: 1000,
    timedOut: 0,
    lost: 0,
    skipped: 0,
    loss: null,
    total: null,
    startedAt: 0,
    lastReplySize: 64,
    error: null,
  },
  roundTrips: null,
  watches: [],
  lateReply: null,
  request: null,
  peers: null,
  audience: null,
  ownKey: null,
  authentication: null,
}

/** The sequence numbers of states grow across bursts. */
let next = 1

/** Sends `count` events from the main process, 64 at a time, without waiting in between. */
export function burst(window: CountingWindow, count: number): Promise<Delivery> {
  const batches = Math.ceil(count / eventsPerBatch)
  const plan = { channel: eventChannel, batches, eventsPerBatch, from: next, state }
  next += batches
  return window.count(() =>
    window.sending.evaluate(({ contents }, { channel, batches, eventsPerBatch, from, state }) => {
      for (let batch = 0; batch < batches; batch += 1) {
        const events = Array.from({ length: eventsPerBatch }, (_, index) => ({
          type: 'session.changed',
          state: { ...state, sessionId: `bench-${index}`, seq: from + batch },
        }))
        contents.send(channel, events)
      }
    }, plan),
  )
}
