import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  activeDraft,
  addConnection,
  addFrame,
  duplicateFrame,
  moveFrame,
  removeConnection,
  removeFrame,
  restoreConnection,
  updateConnection,
  updateFrame,
  type WorkspaceStep,
  withOwnFrameIds,
} from '../../src/renderer/state/workspace-reducers.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import {
  type ConnectionDraft,
  defaultEndpoint,
  defaultWorkspace,
  newConnection,
  newFrame,
  type Workspace,
} from '../../src/shared/workspace.ts'
import { workspaceSchema } from '../../src/shared/workspace-schema.ts'

const draft = (id: string, frameIds: readonly string[] = ['1']): ConnectionDraft => ({
  ...newConnection(id, `tcp://127.0.0.1:${id.length}`),
  frames: frameIds.map((frameId) => ({ ...newFrame(frameId), text: `text of ${frameId}` })),
})

/** Connections a, b and c; b is active and has the frames 1, 2 and 3. */
const workspace: Workspace = {
  ...defaultWorkspace,
  activeConnection: 'b',
  connections: [draft('a'), draft('b', ['1', '2', '3']), draft('c')],
}

const idsOf = ({ connections }: Workspace): string[] => connections.map(({ id }) => id)
const framesOf = (step: WorkspaceStep): string[] => activeDraft(step(workspace)).frames.map(({ id }) => id)

describe('the active connection', () => {
  test('is the named one, or the first when the name is unknown', () => {
    expect(activeDraft(workspace).id).toBe('b')
    expect(activeDraft({ ...workspace, activeConnection: 'gone' }).id).toBe('a')
  })
})

describe('connections', () => {
  test('can be changed individually', () => {
    const next = updateConnection('b', { timeoutMs: 7 })(workspace)
    expect(next).toEqual({
      ...workspace,
      connections: [workspace.connections[0], { ...activeDraft(workspace), timeoutMs: 7 }, workspace.connections[2]],
    })
    expect(updateConnection('gone', { timeoutMs: 7 })(workspace)).toEqual(workspace)
  })

  test("are appended, with the active one's endpoint", () => {
    const next = addConnection('d', defaultSettings)(workspace)
    expect(idsOf(next)).toEqual(['a', 'b', 'c', 'd'])
    expect(activeDraft(next)).toEqual(newConnection('d', activeDraft(workspace).endpoint))
    const nowhere = updateConnection('b', { endpoint: '' })(workspace)
    expect(activeDraft(addConnection('d', defaultSettings)(nowhere)).endpoint).toBe(defaultEndpoint)
    const asked = addConnection('d', { defaultTimeoutMs: 100, defaultEncoding: 'hex' }, 'tcp://127.0.0.1:1')(workspace)
    expect(activeDraft(asked)).toMatchObject({
      endpoint: 'tcp://127.0.0.1:1',
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
    const next = removeConnection(removed, 'new', defaultSettings)({ ...workspace, activeConnection: active })
    expect(idsOf(next)).toEqual(left)
    expect(next.activeConnection).toBe(nextActive)
  })

  test('are restored to their place, unchanged', () => {
    const before = { ...workspace, activeConnection: 'a' }
    const [, second] = before.connections
    if (!second) throw new Error('a second connection was expected')
    const after = restoreConnection(second, 1, null)(removeConnection('b', 'new', defaultSettings)(before))
    expect(after.connections).toEqual(before.connections)
    expect(after.activeConnection).toBe('b')
    // Doing it twice changes nothing more.
    expect(restoreConnection(second, 1, null)(after)).toBe(after)
  })

  test('replace the substitute of the last one, unless that was changed', () => {
    const only: Workspace = { ...workspace, activeConnection: 'a', connections: [draft('a')] }
    const [removed] = only.connections
    const without = removeConnection('a', 'new', defaultSettings)(only)
    const [replacement = null] = without.connections
    if (!removed) throw new Error('a connection was expected')
    expect(restoreConnection(removed, 0, replacement)(without)).toEqual(only)
    const changed = updateConnection('new', { endpoint: 'tcp://127.0.0.1:9' })(without)
    expect(idsOf(restoreConnection(removed, 0, replacement)(changed))).toEqual(['a', 'new'])
  })

  test('have their own frame ids, even from an older workspace with shared ones', () => {
    const frames = [newFrame('1'), newFrame('2')]
    const connections = ['a', 'b', 'x'.repeat(64)].map((id) => ({ ...draft(id), frames }))
    const mended = withOwnFrameIds({ ...workspace, connections })
    const ids = mended.connections.flatMap((connection) => connection.frames.map(({ id }) => id))
    expect(new Set(ids).size).toBe(6)
    expect(ids.slice(0, 2)).toEqual(['1', '2'])
    expect(workspaceSchema.parse(mended)).toEqual(mended)
    expect(newConnection('a').frames[0]?.id).not.toBe(newConnection('b').frames[0]?.id)
  })

  test('are never empty: the last one is replaced by a new one', () => {
    const last: Workspace = { ...workspace, activeConnection: 'a', connections: [draft('a')] }
    const next = removeConnection('a', 'new', { defaultTimeoutMs: 100, defaultEncoding: 'text' })(last)
    expect(next.connections).toEqual([{ ...newConnection('new'), timeoutMs: 100 }])
    expect(next.activeConnection).toBe('new')
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
    expect(next.connections[0]).toEqual(workspace.connections[0])
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

const connectionIds = fc.constantFrom('a', 'b', 'c', 'd', 'gone')
const frameIds = fc.constantFrom('1', '2', '3', '4', 'gone')
const fresh = fc.uuid()
const steps: fc.Arbitrary<WorkspaceStep> = fc.oneof(
  fc.tuple(connectionIds, fc.string()).map(([id, endpoint]) => updateConnection(id, { endpoint })),
  fresh.map((id) => addConnection(id, defaultSettings)),
  fc.tuple(connectionIds, fresh).map(([id, replacement]) => removeConnection(id, replacement, defaultSettings)),
  fc.tuple(connectionIds, frameIds, fc.string()).map(([id, frame, text]) => updateFrame(id, frame, { text })),
  fc.tuple(connectionIds, fresh).map(([id, frame]) => addFrame(id, frame)),
  fc.tuple(connectionIds, frameIds).map(([id, frame]) => removeFrame(id, frame)),
  fc.tuple(connectionIds, frameIds, fresh).map(([id, frame, copy]) => duplicateFrame(id, frame, copy)),
  fc.tuple(connectionIds, frameIds, fc.integer({ min: -4, max: 4 })).map(([id, frame, by]) => moveFrame(id, frame, by)),
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
        expect(idsOf(current)).toContain(current.activeConnection)
        expect(new Set(idsOf(current)).size).toBe(current.connections.length)
      }),
    )
  })
})
