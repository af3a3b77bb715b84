import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  activeDraft,
  addFrame,
  addSocket,
  duplicateFrame,
  moveFrame,
  removeFrame,
  removeSocket,
  restoreSocket,
  updateFrame,
  updateSocket,
  type WorkspaceStep,
  withOwnFrameIds,
} from '../../src/renderer/state/workspace-reducers.ts'
import { endpointOf } from '../../src/shared/session/spec.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import {
  defaultEndpoint,
  defaultWorkspace,
  newFrame,
  newSocket,
  type SocketDraft,
  type Workspace,
  withEndpoint,
} from '../../src/shared/workspace.ts'
import { workspaceSchema } from '../../src/shared/workspace-schema.ts'

const draft = (id: string, frameIds: readonly string[] = ['1']): SocketDraft => ({
  ...newSocket(id, `tcp://127.0.0.1:${id.length}`),
  frames: frameIds.map((frameId) => ({ ...newFrame(frameId), text: `text of ${frameId}` })),
})

/** Sockets a, b and c; b is active and has the frames 1, 2 and 3. */
const workspace: Workspace = {
  ...defaultWorkspace,
  activeSocket: 'b',
  sockets: [draft('a'), draft('b', ['1', '2', '3']), draft('c')],
}

const idsOf = ({ sockets }: Workspace): string[] => sockets.map(({ id }) => id)
const framesOf = (step: WorkspaceStep): string[] => activeDraft(step(workspace)).frames.map(({ id }) => id)

describe('the active socket', () => {
  test('is the named one, or the first when the name is unknown', () => {
    expect(activeDraft(workspace).id).toBe('b')
    expect(activeDraft({ ...workspace, activeSocket: 'gone' }).id).toBe('a')
  })
})

describe('sockets', () => {
  test('can be changed individually', () => {
    const next = updateSocket('b', { timeoutMs: 7 })(workspace)
    expect(next).toEqual({
      ...workspace,
      sockets: [workspace.sockets[0], { ...activeDraft(workspace), timeoutMs: 7 }, workspace.sockets[2]],
    })
    expect(updateSocket('gone', { timeoutMs: 7 })(workspace)).toEqual(workspace)
  })

  test("are appended, with the active one's endpoint", () => {
    const next = addSocket('d', defaultSettings)(workspace)
    expect(idsOf(next)).toEqual(['a', 'b', 'c', 'd'])
    expect(activeDraft(next)).toEqual(newSocket('d', endpointOf(activeDraft(workspace))))
    const nowhere = updateSocket('b', withEndpoint(activeDraft(workspace), ''))(workspace)
    expect(endpointOf(activeDraft(addSocket('d', defaultSettings)(nowhere)))).toBe(defaultEndpoint)
    const asked = addSocket('d', { defaultTimeoutMs: 100, defaultEncoding: 'hex' }, 'tcp://127.0.0.1:1')(workspace)
    expect(activeDraft(asked)).toMatchObject({
      attach: [{ how: 'connect', endpoint: 'tcp://127.0.0.1:1' }],
      timeoutMs: 100,
      frames: [{ encoding: 'hex', text: '' }],
    })
  })

  test.each([
    ['b', 'b', ['a', 'c'], 'c'],
    ['c', 'c', ['a', 'b'], 'b'],
    ['a', 'a', ['b', 'c'], 'b'],
    ['a', 'b', ['b', 'c'], 'b'],
    ['gone', 'b', ['a', 'b', 'c'], 'b'],
  ])('without %s while %s is active are %j, and %s is active', (removed, active, left, nextActive) => {
    const next = removeSocket(removed, 'new', defaultSettings)({ ...workspace, activeSocket: active })
    expect(idsOf(next)).toEqual(left)
    expect(next.activeSocket).toBe(nextActive)
  })

  test('are restored to their place, unchanged', () => {
    const before = { ...workspace, activeSocket: 'a' }
    const [, second] = before.sockets
    if (!second) throw new Error('a second socket was expected')
    const after = restoreSocket(second, 1, null)(removeSocket('b', 'new', defaultSettings)(before))
    expect(after.sockets).toEqual(before.sockets)
    expect(after.activeSocket).toBe('b')
    // Doing it twice changes nothing more.
    expect(restoreSocket(second, 1, null)(after)).toBe(after)
  })

  test('replace the substitute of the last one, unless that was changed', () => {
    const only: Workspace = { ...workspace, activeSocket: 'a', sockets: [draft('a')] }
    const [removed] = only.sockets
    const without = removeSocket('a', 'new', defaultSettings)(only)
    const [replacement = null] = without.sockets
    if (!removed) throw new Error('a socket was expected')
    expect(restoreSocket(removed, 0, replacement)(without)).toEqual(only)
    const changed = updateSocket('new', withEndpoint(removed, 'tcp://127.0.0.1:9'))(without)
    expect(idsOf(restoreSocket(removed, 0, replacement)(changed))).toEqual(['a', 'new'])
  })

  test('have their own frame ids, even from an older workspace with shared ones', () => {
    const frames = [newFrame('1'), newFrame('2')]
    const sockets = ['a', 'b', 'x'.repeat(64)].map((id) => ({ ...draft(id), frames }))
    const mended = withOwnFrameIds({ ...workspace, sockets })
    const ids = mended.sockets.flatMap((socket) => socket.frames.map(({ id }) => id))
    expect(new Set(ids).size).toBe(6)
    expect(ids.slice(0, 2)).toEqual(['1', '2'])
    expect(workspaceSchema.parse(mended)).toEqual(mended)
    expect(newSocket('a').frames[0]?.id).not.toBe(newSocket('b').frames[0]?.id)
  })

  test('are never empty: the last one is replaced by a new one', () => {
    const last: Workspace = { ...workspace, activeSocket: 'a', sockets: [draft('a')] }
    const next = removeSocket('a', 'new', { defaultTimeoutMs: 100, defaultEncoding: 'text' })(last)
    expect(next.sockets).toEqual([{ ...newSocket('new'), timeoutMs: 100 }])
    expect(next.activeSocket).toBe('new')
  })
})

describe('frames', () => {
  test('can be changed individually', () => {
    const next = updateFrame('b', '2', { encoding: 'hex', text: '00' })(workspace)
    expect(activeDraft(next).frames).toEqual([
      { ...newFrame('1'), text: 'text of 1' },
      { ...newFrame('2'), encoding: 'hex', text: '00' },
      { ...newFrame('3'), text: 'text of 3' },
    ])
    expect(next.sockets[0]).toEqual(workspace.sockets[0])
  })

  test('are appended, empty, with the encoding of the last', () => {
    const next = addFrame('b', '4')(updateFrame('b', '3', { encoding: 'cbor' })(workspace))
    expect(activeDraft(next).frames).toHaveLength(4)
    expect(activeDraft(next).frames[3]).toEqual({ ...newFrame('4'), encoding: 'cbor' })
  })

  test('can be removed, all but the last', () => {
    expect(framesOf(removeFrame('b', '2'))).toEqual(['1', '3'])
    expect(removeFrame('a', '1')(workspace)).toEqual(workspace)
  })

  test('are duplicated right after themselves', () => {
    expect(framesOf(duplicateFrame('b', '2', 'copy'))).toEqual(['1', '2', 'copy', '3'])
    expect(activeDraft(duplicateFrame('b', '2', 'copy')(workspace)).frames[2]?.text).toBe('text of 2')
  })

  test.each([
    ['1', 1, ['2', '1', '3']],
    ['1', 2, ['2', '3', '1']],
    ['1', 9, ['2', '3', '1']],
    ['1', -1, ['1', '2', '3']],
    ['2', -1, ['2', '1', '3']],
    ['3', -9, ['3', '1', '2']],
    ['2', 0, ['1', '2', '3']],
    ['gone', 1, ['1', '2', '3']],
  ])('%s moved by %i are %j', (frameId, distance, order) => {
    expect(framesOf(moveFrame('b', frameId, distance))).toEqual(order)
  })
})

const socketIds = fc.constantFrom('a', 'b', 'c', 'd', 'gone')
const frameIds = fc.constantFrom('1', '2', '3', '4', 'gone')
const fresh = fc.uuid()
const steps: fc.Arbitrary<WorkspaceStep> = fc.oneof(
  fc
    .tuple(socketIds, fc.string())
    .map(([id, endpoint]) => updateSocket(id, { attach: [{ how: 'connect', endpoint }] })),
  fresh.map((id) => addSocket(id, defaultSettings)),
  fc.tuple(socketIds, fresh).map(([id, replacement]) => removeSocket(id, replacement, defaultSettings)),
  fc.tuple(socketIds, frameIds, fc.string()).map(([id, frame, text]) => updateFrame(id, frame, { text })),
  fc.tuple(socketIds, fresh).map(([id, frame]) => addFrame(id, frame)),
  fc.tuple(socketIds, frameIds).map(([id, frame]) => removeFrame(id, frame)),
  fc.tuple(socketIds, frameIds, fresh).map(([id, frame, copy]) => duplicateFrame(id, frame, copy)),
  fc.tuple(socketIds, frameIds, fc.integer({ min: -4, max: 4 })).map(([id, frame, by]) => moveFrame(id, frame, by)),
)

describe('any steps', () => {
  test('lead to a valid workspace, and do not modify the previous one', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (list) => {
        let current = workspace
        for (const step of list) {
          const before = structuredClone(current)
          const next = step(current)
          expect(current).toEqual(before)
          current = next
        }
        expect(workspaceSchema.parse(current)).toEqual(current)
        expect(idsOf(current)).toContain(current.activeSocket)
        expect(new Set(idsOf(current)).size).toBe(current.sockets.length)
      }),
    )
  })
})
