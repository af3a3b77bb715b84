import { beforeEach, describe, expect, test } from 'vitest'
import {
  applyEvent,
  applySnapshot,
  emptyLive,
  forgetSession,
  isAsDrafted,
  type Live,
  liveStore,
  noOutcome,
  setOutcome,
} from '../../src/renderer/state/live-store.ts'
import { workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import type { Notice, Snapshot } from '../../src/shared/contract/index.ts'
import { idleLab } from '../../src/shared/lab/progress.ts'
import { emptySchemaState } from '../../src/shared/protobuf-sources.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultWorkspace, newSocket, specOf, withEndpoint } from '../../src/shared/workspace.ts'
import { echoServerState, logStatus, requestState } from '../support/states.ts'

const notice = (id: number): Notice => ({ id, level: 'warning', title: 'title', text: 'text' })

const snapshot: Snapshot = {
  sessions: [
    echoServerState({ seq: 5 }),
    requestState({ sessionId: 'one', seq: 5 }),
    requestState({ sessionId: 'two', seq: 2 }),
  ],
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
      lab: snapshot.lab,
      asked: snapshot.asked,
      sessions: { 'echo-server': snapshot.sessions[0], one: snapshot.sessions[1], two: snapshot.sessions[2] },
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
    sessions: {
      'echo-server': echoServerState({ seq: 6 }),
      one: requestState({ sessionId: 'one', seq: 7 }),
      two: requestState({ sessionId: 'two', seq: 1 }),
    },
    notices: [notice(1), notice(2), notice(-1)],
    logStatus: logStatus({ lastId: 99 }),
    lab: { ...idleLab, seq: 9 },
  }

  test('leaves them', () => {
    const { sessions, notices, logStatus: log, lab } = applySnapshot(newer, snapshot)
    expect(sessions).toEqual({ ...newer.sessions, two: snapshot.sessions[2] })
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
    const server = echoServerState({ seq, openedAt: 99 })
    const one = requestState({ sessionId: 'one', seq, phase: 'closed' })
    const next = [server, one].reduce((before, state) => applyEvent(before, { type: 'session.changed', state }), live)
    expect(next.sessions['echo-server']).toBe(applied ? server : live.sessions['echo-server'])
    expect(next.sessions.one).toBe(applied ? one : live.sessions.one)
    expect(next.sessions.two).toBe(live.sessions.two)
  })

  test('of a session that is new is applied, also before any snapshot', () => {
    const state = requestState({ sessionId: 'three', seq: 0 })
    expect(applyEvent(emptyLive, { type: 'session.changed', state }).sessions).toEqual({ three: state })
  })

  test("about figures increments the session's version", () => {
    const twice = [1, 2].reduce((next) => applyEvent(next, { type: 'latency.changed', sessionId: 'one' }), live)
    const all = applyEvent(twice, { type: 'latency.changed', sessionId: 'two' })
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
    applyEvent(live, { type: 'session.changed', state: requestState({ seq: 9 }) })
    applyEvent(live, { type: 'notice', notice: notice(9) })
    expect(live).toEqual(before)
  })
})

describe('the outcome of a socket', () => {
  const one = newSocket('one')
  beforeEach(() => {
    liveStore.setState(emptyLive, true)
    workspaceStore.setState({ sockets: [one, newSocket('two')] })
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

  test('is removed with its socket, and late events do not restore it', () => {
    setOutcome('one', { sendingSince: 5 })
    workspaceStore.setState({ sockets: [newSocket('two')] })
    forgetSession('one')
    setOutcome('one', { sendingSince: null })
    expect(liveStore.getState().outcomes).toEqual({})
  })

  test('knows whether the open session still matches its draft', () => {
    liveStore.setState({ sessions: { one: requestState({ spec: specOf(one) }) } })
    const asDrafted = (draft: typeof one) => isAsDrafted(liveStore.getState(), draft)
    expect(asDrafted(one)).toBe(true)
    expect(asDrafted({ ...one, timeoutMs: 1 })).toBe(true)
    expect(asDrafted({ ...one, ...withEndpoint(one, 'tcp://127.0.0.1:1') })).toBe(false)
    expect(asDrafted({ ...one, options: { ...one.options, linger: 5 } })).toBe(false)
  })
})
