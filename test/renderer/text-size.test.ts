import { expect, test } from 'vitest'
import { isEncodedLater, lineCount, textSizeOf } from '../../src/renderer/features/composer/text-size.ts'
import { newFrame } from '../../src/shared/workspace.ts'

const line = `${'x'.repeat(79)}\n`

test.each([
  ['', 'usual'],
  ['x'.repeat(100_000), 'usual'],
  ['x'.repeat(100_001), 'long'],
  [`short\n${'x'.repeat(100_001)}\nshort`, 'long'],
  [`short\n${'x'.repeat(1_000_001)}`, 'huge'],
  [line.repeat(20_000), 'usual'],
  [line.repeat(30_000), 'long'],
  [line.repeat(70_000), 'huge'],
])('a text is shown by its longest line and its length (%#)', (text, size) => {
  expect(textSizeOf(text)).toBe(size)
})

test('only long texts that have to be read are encoded when they are sent', () => {
  const long = 'x'.repeat(5_000_001)
  const frame = { ...newFrame('one'), text: long }
  expect(isEncodedLater({ ...frame, encoding: 'json' })).toBe(true)
  expect(isEncodedLater({ ...frame, encoding: 'text' })).toBe(false)
  expect(isEncodedLater({ ...frame, encoding: 'json', text: long.slice(1) })).toBe(false)
  expect(isEncodedLater({ ...frame, encoding: 'json', attachment: { name: 'file', size: 1 } })).toBe(false)
})

test('lines are counted by line feeds', () => {
  expect(['', 'a', 'a\nb', 'a\r\nb\n'].map(lineCount)).toEqual([1, 1, 2, 3])
})
