import { expect, test } from 'vitest'
import { previewWithoutTopic, topicOf } from '../../src/renderer/features/messages/row-topic.ts'
import { previewFrames } from '../../src/shared/codecs/preview.ts'
import type { Topic } from '../../src/shared/session/topic.ts'
import { bytes } from '../support/harness.ts'

const rowOf = (...frames: string[]) => ({ frameCount: frames.length, preview: previewFrames(frames.map(bytes)) })

const subscribed = (...texts: string[]): Topic[] => texts.map((text) => ({ encoding: 'text', text }))

test('the topic is the first frame of several, and the preview the others', () => {
  const row = rowOf('prices', '1.1', 'eur')
  expect([topicOf(row, []), previewWithoutTopic(row)]).toEqual(['prices', '1.1 | eur'])
})

test('a topic that fills the preview is shown from its beginning', () => {
  const row = rowOf('t'.repeat(2048), '1.1')
  expect(topicOf(row, [])).toBe(`${'t'.repeat(199)}…`)
  expect(previewWithoutTopic(row)).toBe('…')
})

test('of one frame, the topic is the longest subscription that it begins with', () => {
  const row = rowOf('prices.eur 1.1')
  expect(topicOf(row, subscribed('', 'prices', 'prices.eur', 'trades'))).toBe('prices.eur')
  expect(topicOf(row, [])).toBe('')
  expect(previewWithoutTopic(row)).toBe('prices.eur 1.1')
})
