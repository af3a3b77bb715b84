import type { ConnectionState, ServerState } from '../../src/shared/connection.ts'
import type { LogStatus } from '../../src/shared/message.ts'

export const connectionState = (parts: Partial<ConnectionState> = {}): ConnectionState => ({
  connectionId: 'one',
  seq: 1,
  open: true,
  endpoint: 'tcp://127.0.0.1:5',
  link: { state: 'idle' },
  inFlightSince: null,
  repeat: null,
  lateReply: null,
  ...parts,
})

export const serverState = (parts: Partial<ServerState> = {}): ServerState => ({
  seq: 1,
  phase: 'listening',
  endpoint: 'tcp://127.0.0.1:5',
  error: null,
  suggestion: null,
  trouble: null,
  reachableFromOutside: false,
  startedAt: 1,
  maximumMessageBytes: 64 * 1024 * 1024,
  messages: 0,
  bytes: 0,
  peers: 0,
  rejected: 0,
  dropped: 0,
  rate: 0,
  ...parts,
})

export const logStatus = (parts: Partial<LogStatus> = {}): LogStatus => ({
  lastId: 0,
  count: 0,
  evicted: 0,
  unlogged: 0,
  failedToWrite: 0,
  trouble: null,
  behindMs: 0,
  cleared: 0,
  bytes: 0,
  maximumBytes: 1024,
  ...parts,
})
