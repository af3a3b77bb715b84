import { describe, expect, test } from 'vitest'
import { Attachments } from '../../src/main/attachments.ts'
import { defaultWorkspace, newFrame, newSocket, type Workspace } from '../../src/shared/workspace.ts'
import { bytes } from '../support/bytes.ts'

/** A workspace of sockets by id, each with the ids of its frames that name a file. */
const workspaceOf = (sockets: Readonly<Record<string, readonly string[]>>): Workspace => ({
  ...defaultWorkspace,
  sockets: Object.entries(sockets).map(([id, frameIds]) => ({
    ...newSocket(id),
    frames: [
      newFrame(`${id}-plain`),
      ...frameIds.map((frameId) => ({ ...newFrame(frameId), attachment: { name: 'file', size: 4 } })),
    ],
  })),
})

const file = bytes('file')

describe('attached files', () => {
  test('are kept by the id of their frame, the last one of each', () => {
    const attachments = new Attachments()
    expect(attachments.bytesOf('a')).toBeUndefined()
    attachments.keep('a', bytes('first'))
    attachments.keep('a', file)
    attachments.keep('b', bytes('other'))
    expect(attachments.bytesOf('a')).toBe(file)
    expect(attachments.frameIds).toEqual(['a', 'b'])
    attachments.forget('a')
    expect(attachments.frameIds).toEqual(['b'])
  })

  test('are copied for a duplicated frame, and outlive the original', () => {
    const attachments = new Attachments()
    attachments.keep('a', file)
    attachments.copy('a', 'b')
    attachments.copy('missing', 'c')
    attachments.forget('a')
    expect(attachments.bytesOf('b')).toBe(file)
    expect(attachments.frameIds).toEqual(['b'])
  })

  test('are bounded together: one too many changes nothing, and copies take no room', () => {
    const attachments = new Attachments(10)
    attachments.keep('a', file)
    attachments.copy('a', 'b')
    attachments.keep('c', bytes('sixsix'))
    expect(() => attachments.keep('d', bytes('!'))).toThrow('Attached files can have at most 10 B together')
    expect(() => attachments.keep('c', bytes('sixsix!'))).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(attachments.bytesOf('c')).toEqual(bytes('sixsix'))
    attachments.keep('c', bytes('other6'))
    expect(attachments.frameIds).toEqual(['a', 'b', 'c'])
  })
})

describe('a saved workspace', () => {
  test('forgets the file of a frame that is gone or has no file any more, once that is no longer undone', () => {
    let now = 0
    const attachments = new Attachments(100, () => now)
    for (const id of ['a', 'b', 'c']) attachments.keep(id, file)
    attachments.follow(workspaceOf({ one: ['a', 'b'], two: ['c'] }))
    now = 100_000
    attachments.follow(workspaceOf({ one: ['b'], two: ['c'] }))
    expect(attachments.frameIds).toEqual(['a', 'b', 'c'])
    now = 159_999
    attachments.follow(workspaceOf({ one: ['b'], two: ['c'] }))
    expect(attachments.bytesOf('a')).toBe(file)
    now = 160_000
    attachments.follow(workspaceOf({ one: ['b'], two: ['c'] }))
    expect(attachments.frameIds).toEqual(['b', 'c'])
  })

  test('keeps a file that comes back with its frame, and one that stays only for Undo gives way', () => {
    const attachments = new Attachments(10)
    attachments.keep('a', file)
    attachments.follow(workspaceOf({ one: ['a'] }))
    attachments.follow(workspaceOf({ one: [] }))
    attachments.follow(workspaceOf({ one: ['a'] }))
    expect(() => attachments.keep('b', bytes('sevenup'))).toThrow('Attached files can have at most 10 B together')
    attachments.follow(workspaceOf({ one: [] }))
    attachments.keep('b', bytes('sevenup'))
    expect(attachments.frameIds).toEqual(['b'])
  })

  test('leaves the files of a removed connection, which come back with it', () => {
    let now = 0
    const attachments = new Attachments(100, () => now)
    attachments.keep('a', file)
    attachments.follow(workspaceOf({ one: ['a'], two: [] }))
    now = 1_000_000
    attachments.follow(workspaceOf({ two: [] }))
    attachments.follow(workspaceOf({ two: [] }))
    expect(attachments.bytesOf('a')).toBe(file)
    attachments.follow(workspaceOf({ one: ['a'], two: [] }))
    attachments.follow(workspaceOf({ one: [], two: [] }))
    now = 2_000_000
    attachments.follow(workspaceOf({ one: [], two: [] }))
    expect(attachments.frameIds).toEqual([])
  })

  test('forgets the files of a removed connection when the next one is removed', () => {
    const attachments = new Attachments()
    attachments.keep('a', file)
    attachments.keep('b', file)
    attachments.follow(workspaceOf({ one: ['a'], two: ['b'], three: [] }))
    attachments.follow(workspaceOf({ two: ['b'], three: [] }))
    attachments.follow(workspaceOf({ three: [] }))
    expect(attachments.frameIds).toEqual(['b'])
    attachments.follow(workspaceOf({ four: [] }))
    expect(attachments.frameIds).toEqual([])
  })

  test('that was on its way when a file was attached does not forget it', () => {
    let now = 0
    const attachments = new Attachments(100, () => now)
    attachments.follow(workspaceOf({ one: [] }))
    attachments.keep('a', file)
    attachments.keep('b', file)
    attachments.follow(workspaceOf({ one: [] }))
    attachments.follow(workspaceOf({ one: ['a'] }))
    expect(attachments.frameIds).toEqual(['a', 'b'])
    // Nobody ever named it.
    now = 60_000
    attachments.follow(workspaceOf({ one: ['a'] }))
    expect(attachments.frameIds).toEqual(['a'])
  })

  test('that was on its way when a frame got another file does not forget that', () => {
    const attachments = new Attachments()
    attachments.keep('a', file)
    attachments.follow(workspaceOf({ one: ['a'] }))
    // Detached, and attached again before the workspace without it arrives.
    attachments.keep('a', bytes('newer'))
    attachments.follow(workspaceOf({ one: [] }))
    expect(attachments.bytesOf('a')).toEqual(bytes('newer'))
  })
})
