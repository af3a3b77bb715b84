import { describe, expect, test } from 'vitest'
import { isolatedParts } from '../../src/renderer/ui/isolated-parts.ts'

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
    ['\u{10900} | a', '<\u{10900}> | <a>'],
  ])('%s', (line, parts) => {
    expect(marked(line)).toBe(parts)
  })
})
