import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactHex } from '../../src/shared/codecs/hex.ts'
import { formatRoutingId, parseRoutingId } from '../../src/shared/session/routing-id.ts'
import {
  isSameTopic,
  problemWithGroup,
  problemWithTopic,
  topicBytes,
  withoutRepeats,
} from '../../src/shared/session/topic.ts'

describe('a routing id', () => {
  test('is read back as it is shown, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 255 }), (bytes) => {
        expect(parseRoutingId(formatRoutingId(compactHex(bytes)))).toEqual(bytes)
      }),
    )
  })

  test('is text where that can be read, and hex where it cannot', () => {
    expect(formatRoutingId('626f62')).toBe('bob')
    expect(formatRoutingId('006b8b4567')).toBe('0x006b8b4567')
    // It would be read as hex.
    expect(formatRoutingId(compactHex(new TextEncoder().encode('0x00')))).toBe('0x30783030')
    expect(formatRoutingId('2020')).toBe('0x2020')
  })

  test('has 1 to 255 bytes', () => {
    expect(() => parseRoutingId('')).toThrow('Choose the peer to send to.')
    expect(() => parseRoutingId('ä'.repeat(128))).toThrow('255 bytes at most; this one has 256')
    // Half a byte is text.
    expect(parseRoutingId('0x0')).toEqual(new TextEncoder().encode('0x0'))
  })
})

describe('a topic', () => {
  test('is the same however it is written', () => {
    expect(topicBytes({ encoding: 'hex', text: '61 62' })).toEqual(topicBytes({ encoding: 'text', text: 'ab' }))
    expect(isSameTopic({ encoding: 'hex', text: '' }, { encoding: 'text', text: '' })).toBe(true)
    const [a, b] = [Uint8Array.of(1), Uint8Array.of(2)]
    expect(withoutRepeats([a, b, Uint8Array.of(1)])).toEqual([a, b])
  })

  test('says what is wrong with it', () => {
    expect(problemWithTopic({ encoding: 'text', text: 'x'.repeat(255) })).toBeNull()
    expect(problemWithTopic({ encoding: 'text', text: 'x'.repeat(256) })).toContain('this one has 256')
    expect(problemWithTopic({ encoding: 'hex', text: '0' })).not.toBeNull()
    expect(problemWithGroup({ encoding: 'text', text: '' })).toBe('Write the name of a group.')
    expect(problemWithGroup({ encoding: 'text', text: 'x'.repeat(15) })).toBeNull()
    expect(problemWithGroup({ encoding: 'text', text: 'x'.repeat(16) })).toContain('15 bytes at most')
  })
})
