import { beforeEach, expect, test, vi } from 'vitest'
import { subscribe } from '../../src/renderer/state/actions.ts'
import { noSessions, sessionStore } from '../../src/renderer/state/session-store.ts'
import { workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import { newSocket } from '../../src/shared/workspace.ts'
import { deferred } from '../support/deferred.ts'
import { requestState } from '../support/states.ts'

const everything = { encoding: 'text', text: '' } as const
const prices = { encoding: 'text', text: 'prices.' } as const

const kept = () => workspaceStore.getState().sockets[0]?.subscriptions

beforeEach(() => {
  workspaceStore.setState({ sockets: [{ ...newSocket('one'), subscriptions: [everything] }] })
  sessionStore.setState({ ...noSessions, sessions: { one: requestState() } }, true)
  return () => vi.unstubAllGlobals()
})

test('a subscription is kept before the socket has answered, and taken back where the socket refuses it', async () => {
  const answer = deferred<unknown>()
  vi.stubGlobal('window', { inspector: { call: () => answer.promise } })
  const done = subscribe('one', (before) => [...before, prices])
  await vi.waitFor(() => expect(kept()).toEqual([everything, prices]))
  answer.resolve({ ok: false, error: { code: 'socket-closed', message: 'It is closed.' } })
  await done
  expect(kept()).toEqual([everything])
  expect(sessionStore.getState().outcomes.one?.error?.message).toBe('It is closed.')
})
