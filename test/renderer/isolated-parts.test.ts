import { describe, expect, test } from 'vitest'
import { isolatedParts, stringsIn } from '../../src/renderer/ui/isolated-parts.ts'

/** The parts with a direction of their own in angle brackets. */
const marked = (line: string): string =>
  isolatedParts(line)
    .map(({ text, isIsolated }) => (isIsolated ? `<${text}>` : text))
    .join('')

describe('parts of a line with a direction of their own', () => {
  test.each([
    ['{"key": "value"} | text', '{"key": "value"} | text'],
    ['{"שם": "ע\\"רך", "id": 1}', '{<"שם">: <"ע\\"רך">, <"id">: 1}'],
    ['["قيمة", "a"', '[<"قيمة">, <"a">'],
    ['1: "שם" 2: 5', '1: <"שם"> 2: 5'],
    ['topic | {"שם": "x"} | שלום "עולם"', '<topic> | {<"שם">: <"x">} | <שלום "עולם">'],
    ['{"a": "x | אב", "b": 1} | ג', '{<"a">: <"x | אב">, <"b">: 1} | <ג>'],
    ['\u{10900} | a', '<\u{10900}> | <a>'],
  ])('%s', (line, parts) => {
    expect(marked(line)).toBe(parts)
  })
})

test('the strings of what is folded, which has no bracket before it', () => {
  expect(stringsIn('"שם": 1, "מספר": 2')).toEqual([
    { text: '"שם"', isIsolated: true },
    { text: ': 1, ', isIsolated: false },
    { text: '"מספר"', isIsolated: true },
    { text: ': 2', isIsolated: false },
  ])
})
