import { beforeEach, describe, expect, test } from 'vitest'
import {
  applyEvent,
  applySnapshot,
  emptyLive,
  forgetConnection,
  isAsDrafted,
  type Live,
  liveStore,
  noOutcome,
  setOutcome,
} from '../../src/renderer/state/live-store.ts'
import { workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import type { Notice, Snapshot } from '../../src/shared/contract.ts'
import { idleLab } from '../../src/shared/lab/progress.ts'
import { emptySchemaState } from '../../src/shared/protobuf-sources.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultWorkspace, newConnection } from '../../src/shared/workspace.ts'
import { connectionState, logStatus, serverState } from '../support/states.ts'

const notice = (id: number): Notice => ({ id, level: 'warning', title: 'title', text: 'text' })

const snapshot: Snapshot = {
  server: serverState({ seq: 5 }),
  connections: [connectionState({ connectionId: 'one', seq: 5 }), connectionState({ connectionId: 'two', seq: 2 })],
  workspace: defaultWorkspace,
  settings: { ...defaultSettings, theme: 'dark' },
  notices: [notice(1)],
  log: logStatus({ count: 3 }),
  schemas: emptySchemaState,
  lab: { ...idleLab, seq: 4 },
  asked: { endpoints: ['tcp://127.0.0.1:5'], repeated: false, ignored: 0 },
  attachments: [],
}

const live = applySnapshot(emptyLive, snapshot)

describe('a snapshot', () => {
  test("is the window's initial state", () => {
    expect(emptyLive.ready).toBe(false)
    expect(live).toEqual({
      ...emptyLive,
      ready: true,
      server: snapshot.server,
      lab: snapshot.lab,
      asked: snapshot.asked,
      connections: { one: snapshot.connections[0], two: snapshot.connections[1] },
      notices: [notice(1)],
      logStatus: snapshot.log,
      settings: snapshot.settings,
    })
  })

  test("keeps the window's own state", () => {
    const known: Live = {
      ...emptyLive,
      outcomes: { one: { ...noOutcome, sendingSince: 5 } },
      latencyVersions: { one: 3 },
    }
    expect(applySnapshot(known, snapshot)).toMatchObject({
      outcomes: known.outcomes,
      latencyVersions: known.latencyVersions,
    })
  })
})

describe('a snapshot that comes after newer events', () => {
  const newer: Live = {
    ...emptyLive,
    server: serverState({ seq: 6 }),
    connections: {
      one: connectionState({ connectionId: 'one', seq: 7 }),
      two: connectionState({ connectionId: 'two', seq: 1 }),
    },
    notices: [notice(1), notice(2), notice(-1)],
    logStatus: logStatus({ lastId: 99 }),
    lab: { ...idleLab, seq: 9 },
  }

  test('leaves them', () => {
    const { server, connections, notices, logStatus: log, lab } = applySnapshot(newer, snapshot)
    expect(server).toBe(newer.server)
    expect(connections).toEqual({ one: newer.connections.one, two: snapshot.connections[1] })
    expect(notices).toEqual([notice(1), notice(2), notice(-1)])
    expect([log, lab]).toEqual([newer.logStatus, newer.lab])
  })
})

describe('an event', () => {
  test.each([
    [4, false],
    [5, true],
    [6, true],
  ])('of the number %i after the snapshot is applied: %s', (seq, applied) => {
    const server = serverState({ seq, messages: 99 })
    const connection = connectionState({ connectionId: 'one', seq, open: false })
    const next = [
      { type: 'server.changed', state: server } as const,
      { type: 'connection.changed', state: connection } as const,
    ].reduce(applyEvent, live)
    expect(next.server).toBe(applied ? server : live.server)
    expect(next.connections.one).toBe(applied ? connection : live.connections.one)
    expect(next.connections.two).toBe(live.connections.two)
  })

  test('of a connection that is new is applied, also before any snapshot', () => {
    const state = connectionState({ connectionId: 'three', seq: 0 })
    expect(applyEvent(emptyLive, { type: 'connection.changed', state }).connections).toEqual({ three: state })
  })

  test("about figures increments the connection's version", () => {
    const twice = [1, 2].reduce((next) => applyEvent(next, { type: 'latency.changed', connectionId: 'one' }), live)
    const all = applyEvent(twice, { type: 'latency.changed', connectionId: 'two' })
    expect(all).toEqual({ ...live, latencyVersions: { one: 2, two: 1 } })
  })

  test('about the log replaces its status', () => {
    const status = logStatus({ count: 9 })
    expect(applyEvent(live, { type: 'log.changed', status })).toEqual({ ...live, logStatus: status })
  })

  test('with another notice of the same id puts it in the place of the earlier one', () => {
    const solved: Notice = { ...notice(1), level: 'solved', title: 'saved again' }
    const more = applyEvent(live, { type: 'notice', notice: notice(2) })
    expect(applyEvent(more, { type: 'notice', notice: solved }).notices).toEqual([solved, notice(2)])
  })

  test('with a notice adds it once', () => {
    const once = applyEvent(live, { type: 'notice', notice: notice(2) })
    expect(once).toEqual({ ...live, notices: [notice(1), notice(2)] })
    expect(applyEvent(once, { type: 'notice', notice: notice(2) })).toBe(once)
    expect(applyEvent(live, { type: 'notice', notice: notice(1) })).toBe(live)
  })

  test('does not modify the previous state', () => {
    const before = structuredClone(live)
    applyEvent(live, { type: 'server.changed', state: serverState({ seq: 9 }) })
    applyEvent(live, { type: 'connection.changed', state: connectionState({ seq: 9 }) })
    applyEvent(live, { type: 'notice', notice: notice(9) })
    expect(live).toEqual(before)
  })
})

describe('the outcome of a connection', () => {
  const one = newConnection('one')
  beforeEach(() => {
    liveStore.setState(emptyLive, true)
    workspaceStore.setState({ connections: [one, newConnection('two')] })
  })

  test('is patched separately, and starts empty', () => {
    const error = { code: 'timeout', message: 'No reply.' } as const
    setOutcome('one', { sendingSince: 5 })
    setOutcome('two', { error })
    setOutcome('one', { error })
    expect(liveStore.getState().outcomes).toEqual({
      one: { ...noOutcome, sendingSince: 5, error },
      two: { ...noOutcome, error },
    })
  })

  test('is removed with its connection, and late events do not restore it', () => {
    setOutcome('one', { sendingSince: 5 })
    workspaceStore.setState({ connections: [newConnection('two')] })
    forgetConnection('one')
    setOutcome('one', { sendingSince: null })
    expect(liveStore.getState().outcomes).toEqual({})
  })

  test('knows whether the open connection still matches its draft', () => {
    setOutcome('one', { opened: { endpoint: one.endpoint, options: one.options } })
    const asDrafted = (draft: typeof one) => isAsDrafted(liveStore.getState(), draft)
    expect(asDrafted(one)).toBe(true)
    expect(asDrafted({ ...one, timeoutMs: 1 })).toBe(true)
    expect(asDrafted({ ...one, endpoint: 'tcp://127.0.0.1:1' })).toBe(false)
    expect(asDrafted({ ...one, options: { ...one.options, linger: 5 } })).toBe(false)
  })
})
