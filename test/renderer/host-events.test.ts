import { beforeEach, describe, expect, test } from 'vitest'
import { takeEvents, takeSnapshot } from '../../src/renderer/state/host-events.ts'
import { labStateStore } from '../../src/renderer/state/lab-state-store.ts'
import { logStore } from '../../src/renderer/state/log-store.ts'
import { noticeStore } from '../../src/renderer/state/notice-store.ts'
import { secretsStore } from '../../src/renderer/state/secrets-store.ts'
import { noOutcome, noSessions, sessionStore } from '../../src/renderer/state/session-store.ts'
import { settingsStore } from '../../src/renderer/state/settings-store.ts'
import { nothingAsked, windowStore } from '../../src/renderer/state/window-store.ts'
import type { Notice, Snapshot } from '../../src/shared/contract/index.ts'
import { idleLab } from '../../src/shared/lab/progress.ts'
import { emptySchemaState } from '../../src/shared/protobuf-sources.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultWorkspace } from '../../src/shared/workspace.ts'
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

const all = () => ({
  ...sessionStore.getState(),
  notices: noticeStore.getState(),
  log: logStore.getState().status,
  lab: labStateStore.getState(),
  settings: settingsStore.getState(),
  window: windowStore.getState(),
})

beforeEach(() => {
  sessionStore.setState(noSessions, true)
  noticeStore.setState([], true)
  secretsStore.setState(null, true)
  logStore.setState({ status: null, viewed: null })
  labStateStore.setState(idleLab)
  settingsStore.setState(defaultSettings)
  windowStore.setState({ ready: false, asked: nothingAsked, removed: null })
})

describe('a snapshot', () => {
  test("is the window's initial state", () => {
    takeSnapshot(snapshot, false)
    expect(all()).toEqual({
      ...noSessions,
      sessions: { 'echo-server': snapshot.sessions[0], one: snapshot.sessions[1], two: snapshot.sessions[2] },
      notices: [notice(1)],
      log: snapshot.log,
      lab: snapshot.lab,
      settings: snapshot.settings,
      window: { ready: true, asked: snapshot.asked, removed: null },
    })
  })

  test("keeps the window's own state, and settings with which it began", () => {
    const own = { outcomes: { one: { ...noOutcome, sendingSince: 5 } }, latencyVersions: { one: 3 } }
    sessionStore.setState(own)
    takeSnapshot(snapshot, true)
    expect(all()).toMatchObject({ ...own, settings: defaultSettings })
  })
})

test('a snapshot that comes after newer events leaves them', () => {
  const sessions = {
    'echo-server': echoServerState({ seq: 6 }),
    one: requestState({ sessionId: 'one', seq: 7 }),
    two: requestState({ sessionId: 'two', seq: 1 }),
  }
  const newer = {
    status: logStatus({ lastId: 99 }),
    lab: { ...idleLab, seq: 9 },
    asked: { ...nothingAsked, ignored: 1 },
  }
  takeEvents([
    ...Object.values(sessions).map((state) => ({ type: 'session.changed', state }) as const),
    ...[1, 2, -1].map((id) => ({ type: 'notice', notice: notice(id) }) as const),
    { type: 'log.changed', status: newer.status },
    { type: 'lab.changed', state: newer.lab },
    { type: 'asked.changed', asked: newer.asked },
  ])
  takeSnapshot(snapshot, false)
  expect(all()).toMatchObject({
    sessions: { ...sessions, two: snapshot.sessions[2] },
    notices: [notice(1), notice(2), notice(-1)],
    log: newer.status,
    lab: newer.lab,
    window: { ready: true, asked: newer.asked },
  })
})

describe('an event', () => {
  beforeEach(() => takeSnapshot(snapshot, false))

  test.each([
    [4, false],
    [5, true],
    [6, true],
  ])('of the number %i after the snapshot is applied: %s', (seq, applied) => {
    const before = sessionStore.getState().sessions
    const server = echoServerState({ seq, openedAt: 99 })
    const one = requestState({ sessionId: 'one', seq, phase: 'closed' })
    takeEvents([server, one].map((state) => ({ type: 'session.changed', state }) as const))
    const { sessions } = sessionStore.getState()
    expect(sessions['echo-server']).toBe(applied ? server : before['echo-server'])
    expect(sessions.one).toBe(applied ? one : before.one)
    expect(sessions.two).toBe(before.two)
  })

  test('of a session that is removed deletes its state, and one that comes back is new', () => {
    const again = requestState({ sessionId: 'one', seq: 9 })
    takeEvents([{ type: 'session.removed', sessionId: 'one' }])
    expect(Object.keys(sessionStore.getState().sessions)).toEqual(['echo-server', 'two'])
    takeEvents([{ type: 'session.changed', state: again }])
    expect(sessionStore.getState().sessions.one).toBe(again)
  })

  test("about figures increments the session's version", () => {
    takeEvents([
      { type: 'latency.changed', sessionId: 'one' },
      { type: 'latency.changed', sessionId: 'two' },
    ])
    takeEvents([{ type: 'latency.changed', sessionId: 'one' }])
    expect(sessionStore.getState().latencyVersions).toEqual({ one: 2, two: 1 })
  })

  test('about the log replaces its status, and one of the lab that is older does not', () => {
    const status = logStatus({ count: 9 })
    takeEvents([
      { type: 'log.changed', status },
      { type: 'lab.changed', state: { ...idleLab, seq: 3 } },
    ])
    expect(all()).toMatchObject({ log: status, lab: snapshot.lab })
  })

  test('about secrets says which can be used', () => {
    const state = { store: 'this-run', problem: null, kept: ['password:one'] } as const
    takeEvents([{ type: 'secrets.changed', state }])
    expect(secretsStore.getState()).toEqual(state)
  })

  test('with another notice of the same id puts it in the place of the earlier one', () => {
    const solved: Notice = { ...notice(1), level: 'solved', title: 'saved again' }
    takeEvents([
      { type: 'notice', notice: notice(2) },
      { type: 'notice', notice: solved },
    ])
    expect(noticeStore.getState()).toEqual([solved, notice(2)])
  })

  test('with a notice adds it once', () => {
    takeEvents([{ type: 'notice', notice: notice(2) }])
    const once = noticeStore.getState()
    expect(once).toEqual([notice(1), notice(2)])
    takeEvents([
      { type: 'notice', notice: notice(2) },
      { type: 'notice', notice: notice(1) },
    ])
    expect(noticeStore.getState()).toBe(once)
  })

  test('does not modify the previous state', () => {
    const before = all()
    const copy = structuredClone(before)
    takeEvents([
      { type: 'session.changed', state: requestState({ seq: 9 }) },
      { type: 'session.removed', sessionId: 'two' },
      { type: 'latency.changed', sessionId: 'one' },
      { type: 'notice', notice: notice(9) },
    ])
    expect(before).toEqual(copy)
  })
})
