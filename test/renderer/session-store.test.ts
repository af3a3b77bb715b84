import { beforeEach, expect, test } from 'vitest'
import {
  forgetSession,
  isAsDrafted,
  noOutcome,
  noSessions,
  sessionStore,
  setOutcome,
} from '../../src/renderer/state/session-store.ts'
import { workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import { newSocket, specOf, withEndpoint } from '../../src/shared/workspace.ts'
import { requestState } from '../support/states.ts'

const one = newSocket('one')

beforeEach(() => {
  sessionStore.setState(noSessions, true)
  workspaceStore.setState({ sockets: [one, newSocket('two')] })
})

test('the outcome of a socket is patched separately, and starts empty', () => {
  const error = { code: 'timeout', message: 'No reply.' } as const
  setOutcome('one', { sendingSince: 5 })
  setOutcome('two', { error })
  setOutcome('one', { error })
  expect(sessionStore.getState().outcomes).toEqual({
    one: { ...noOutcome, sendingSince: 5, error },
    two: { ...noOutcome, error },
  })
})

test('the outcome of a socket is removed with it, and late events do not restore it', () => {
  setOutcome('one', { sendingSince: 5 })
  workspaceStore.setState({ sockets: [newSocket('two')] })
  forgetSession('one')
  setOutcome('one', { sendingSince: null })
  expect(sessionStore.getState().outcomes).toEqual({})
})

test('a socket knows whether its open session still matches its draft', () => {
  sessionStore.setState({ sessions: { one: requestState({ spec: specOf(one) }) } })
  const asDrafted = (draft: typeof one) => isAsDrafted(sessionStore.getState(), draft)
  expect(asDrafted(one)).toBe(true)
  expect(asDrafted({ ...one, timeoutMs: 1 })).toBe(true)
  expect(asDrafted({ ...one, ...withEndpoint(one, 'tcp://127.0.0.1:1') })).toBe(false)
  expect(asDrafted({ ...one, options: { ...one.options, linger: 5 } })).toBe(false)
})
