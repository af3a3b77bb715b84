import { describe, expect, test } from 'vitest'
import { isSameMessage } from '../../src/shared/message.ts'

const frame = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes)

describe('two messages', () => {
  test.each([
    ['with the same frames', [frame(1, 2), frame()], [frame(1, 2), frame()], true],
    ['without frames', [], [], true],
    ['that differ in a byte', [frame(1, 2)], [frame(1, 3)], false],
    ['of which one is longer', [frame(1)], [frame(1, 2)], false],
    ['of which one is shorter', [frame(1, 2)], [frame(1)], false],
    ['of which one has a frame more', [frame(1)], [frame(1), frame()], false],
    ['cut differently', [frame(1, 2)], [frame(1), frame(2)], false],
  ])('%s', (_what, one, other, same) => {
    expect(isSameMessage(one, other)).toBe(same)
  })
})
