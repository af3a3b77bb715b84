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
  await vi.waitFor(() => expect(kept()).toEqual([everything, prices]), 10_000)
  answer.resolve({ ok: false, error: { code: 'socket-closed', message: 'It is closed.' } })
  await done
  expect(kept()).toEqual([everything])
  expect(sessionStore.getState().outcomes.one?.error?.message).toBe('It is closed.')
})

test('a removal is taken back where the socket refuses it, and the change after it is not built on it', async () => {
  const first = deferred<unknown>()
  const asked: unknown[] = []
  const answers = [first.promise, Promise.resolve({ ok: true, value: requestState() })]
  vi.stubGlobal('window', {
    inspector: {
      call: (_name: string, { subscriptions }: { subscriptions: unknown }) => {
        asked.push(subscriptions)
        return answers.shift()
      },
    },
  })
  const removed = subscribe('one', () => [])
  const added = subscribe('one', (before) => [...before, prices])
  await vi.waitFor(() => expect(kept()).toEqual([]), 10_000)
  first.resolve({ ok: false, error: { code: 'socket-closed', message: 'It is closed.' } })
  await Promise.all([removed, added])
  expect(asked).toEqual([[], [everything, prices]])
  expect(kept()).toEqual([everything, prices])
})

test('a socket that is not open is asked nothing', async () => {
  sessionStore.setState(noSessions, true)
  vi.stubGlobal('window', { inspector: { call: () => expect.unreachable('it was asked') } })
  await subscribe('one', () => [prices])
  expect(kept()).toEqual([prices])
})
