import { describe, expect, test } from 'vitest'
import { describeNoMessages } from '../../src/renderer/features/messages/empty-words.ts'

const dealer = { pattern: 'dealer', subscriptions: [] } as const
const whole = { cleared: 0, evicted: 0 }

describe('a socket without messages in the log', () => {
  test('says what to do while the log has lost none', () => {
    for (const status of [null, whole]) {
      expect(describeNoMessages(dealer, false, status, false)).toBe('Open the socket, or send a message.')
      expect(describeNoMessages(dealer, true, status, true)).toBe('No message yet. Send one, or wait for one.')
    }
  })

  test.each([{ cleared: 1 }, { evicted: 1 }])('does not say that there never was one, with %o', (lost) => {
    const status = { ...whole, ...lost }
    expect(describeNoMessages(dealer, true, status, true)).toBe('No message of this socket is in the log any more.')
    expect(describeNoMessages(dealer, true, status, false)).toBe('No message of this socket is in the log.')
    expect(describeNoMessages(dealer, false, status, false)).toBe('Open the socket, or send a message.')
  })
})
