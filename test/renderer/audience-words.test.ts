import { expect, test } from 'vitest'
import { audienceInWords } from '../../src/renderer/features/composer/audience-words.ts'
import type { Audience } from '../../src/shared/session/state.ts'

const nobody: Audience = { subscriptions: 0, topicCount: 0, topics: [] }
const one: Audience = { subscriptions: 1, topicCount: 1, topics: [{ topic: '61', subscriptions: 1 }] }

test.each<[Audience | null, number, string]>([
  [one, 0, '1 subscription: a'],
  [one, 1, '1 subscription: a · 1 sent to nobody'],
  [nobody, 0, 'No subscriber: what is sent goes to nobody.'],
  [nobody, 1200, 'No subscriber: what is sent goes to nobody. 1,200 sent to nobody.'],
  [null, 2, 'With conflate, a PUB is not told who subscribes. 2 sent to nobody.'],
])('%o and %i that nobody heard', (audience, unheard, words) => {
  expect(audienceInWords(audience, unheard)).toBe(words)
})
