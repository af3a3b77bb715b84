import { expect, test } from 'vitest'
import { reasonAgainst, type Situation } from '../../src/renderer/state/not-now.ts'
import { type AppCommandId, appCommands } from '../../src/shared/app-commands.ts'
import { newSocket } from '../../src/shared/workspace.ts'

const asked = newSocket('one')
const listening = { ...asked, pattern: 'sub' } as const

/** A REQ between two others, with all that commands need. */
const busy: Situation = {
  draft: asked,
  place: 1,
  sockets: 3,
  hasReply: true,
  isRead: true,
  isBusy: true,
  canUndo: true,
}

test('where there is everything, every command can run', () => {
  expect(appCommands.filter(({ id }) => reasonAgainst(id, busy) !== null)).toEqual([])
})

test.each<[AppCommandId, Partial<Situation>, string]>([
  ['send', { draft: listening }, 'A SUB only receives.'],
  ['repeat', { draft: listening }, 'A SUB only receives.'],
  ['add-frame', { draft: listening }, 'A SUB only receives.'],
  ['focus-request', { draft: listening }, 'A SUB only receives.'],
  ['copy-reply-hex', { hasReply: false }, 'There is no reply yet.'],
  ['use-reply', { hasReply: false }, 'There is no reply yet.'],
  ['expand-all', { isRead: false }, 'Nothing is shown yet.'],
  ['cancel', { isBusy: false }, 'Nothing is under way.'],
  ['undo-last', { canUndo: false }, 'Nothing to undo.'],
  ['move-socket-up', { place: 0 }, 'It is the first.'],
  ['move-socket-down', { place: 2 }, 'It is the last.'],
  ['next-connection', { place: 0, sockets: 1 }, 'There is no other socket.'],
])('%s does not work with %o', (id, lacking, reason) => {
  expect(reasonAgainst(id, { ...busy, ...lacking })).toBe(reason)
})

test('people read socket, as on the button', () => {
  expect(appCommands.filter(({ title, group }) => /connection/i.test(`${group} ${title}`))).toEqual([])
})
