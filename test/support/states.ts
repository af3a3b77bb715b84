import { echoServerId, echoServerSpec, requestSpec } from '../../src/shared/session/spec.ts'
import { type LinkState, noTraffic, type SessionState } from '../../src/shared/session/state.ts'
import type { LogStatus } from '../../src/shared/transcript/status.ts'

const endpoint = 'tcp://127.0.0.1:5'

/** A REQ session. */
export const requestState = (parts: Partial<SessionState> = {}, link: LinkState = { state: 'idle' }): SessionState => ({
  sessionId: 'one',
  seq: 1,
  phase: 'open',
  spec: requestSpec(endpoint),
  endpoints: [{ how: 'connect', endpoint, link }],
  error: null,
  openedAt: 1,
  traffic: noTraffic,
  inFlightSince: null,
  repeat: null,
  roundTrips: null,
  watches: [],
  lateReply: null,
  request: null,
  peers: null,
  audience: null,
  ownKey: null,
  authentication: null,
  ...parts,
})

/** The echo server's session. */
export const echoServerState = (parts: Partial<SessionState> = {}): SessionState => ({
  ...requestState(),
  sessionId: echoServerId,
  spec: echoServerSpec(endpoint),
  endpoints: [
    {
      how: 'bind',
      endpoint,
      isBound: true,
      error: null,
      suggestion: null,
      trouble: null,
      reachableFromOutside: false,
      peers: 0,
    },
  ],
  ...parts,
})

export const logStatus = (parts: Partial<LogStatus> = {}): LogStatus => ({
  lastId: 0,
  count: 0,
  evicted: 0,
  recording: true,
  unrecorded: 0,
  unlogged: 0,
  failedToWrite: 0,
  trouble: null,
  behindMs: 0,
  cleared: 0,
  bytes: 0,
  maximumBytes: 1024,
  ...parts,
})
