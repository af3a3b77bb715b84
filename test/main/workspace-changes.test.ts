import { expect, test } from 'vitest'
import { WorkspaceChanges } from '../../src/main/workspace-changes.ts'
import { defaultWorkspace, newSocket, type Workspace } from '../../src/shared/workspace.ts'

/** A workspace whose frames have these texts. */
function workspaceOf(...texts: readonly string[]): Workspace {
  const socket = newSocket('one', 'tcp://127.0.0.1:5')
  const [first] = socket.frames
  if (!first) return expect.unreachable('a socket without a frame')
  const frames = texts.map((text, index) => ({ ...first, id: `frame-${index}`, text }))
  return { ...defaultWorkspace, activeSocket: 'one', sockets: [{ ...socket, frames }] }
}

test('texts that were left out are those of the last save', () => {
  const changes = new WorkspaceChanges()
  const first = changes.apply(
    { workspace: workspaceOf('a', 'b'), save: 1, basedOn: null, unchanged: [] },
    workspaceOf(),
  )
  expect(first).toEqual(workspaceOf('a', 'b'))
  const second = changes.apply({ workspace: workspaceOf('', 'c'), save: 2, basedOn: 1, unchanged: ['frame-0'] }, first)
  expect(second).toEqual(workspaceOf('a', 'c'))
})

test.each([
  ['the save before the last', 1, ['frame-0']],
  ['no save', null, ['frame-0']],
  ['a frame that was not there', 2, ['frame-7']],
])('a text left out because of %s is refused', (_what, basedOn, unchanged) => {
  const changes = new WorkspaceChanges()
  const before = changes.apply({ workspace: workspaceOf('a'), save: 1, basedOn: null, unchanged: [] }, workspaceOf())
  changes.apply({ workspace: workspaceOf('b'), save: 2, basedOn: 1, unchanged: [] }, before)
  const workspace = workspaceOf('', '', '', '', '', '', '', '')
  expect(() => changes.apply({ workspace, save: 3, basedOn, unchanged }, workspaceOf('b'))).toThrow(/left out/)
})

test('after a workspace came whole from elsewhere, no text may be left out', () => {
  const changes = new WorkspaceChanges()
  const before = changes.apply({ workspace: workspaceOf('a'), save: 1, basedOn: null, unchanged: [] }, workspaceOf())
  changes.forget()
  const next = { workspace: workspaceOf(''), save: 2, basedOn: 1, unchanged: ['frame-0'] }
  expect(() => changes.apply(next, before)).toThrow(/left out/)
})
