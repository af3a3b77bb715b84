import { StringStream } from '@codemirror/language'
import { describe, expect, test } from 'vitest'
import { notationParser } from '../../src/renderer/ui/notation-language.ts'

/** The coloured pieces of a text, line by line, without white space around them. */
function coloured(text: string): string[] {
  const state = notationParser.startState?.(2) ?? { open: undefined }
  const pieces: string[] = []
  for (const line of text.split('\n')) {
    const stream = new StringStream(line, 2, 2)
    while (!stream.eol()) {
      stream.start = stream.pos
      const style = notationParser.token(stream, state)
      if (style !== null) pieces.push(`${style} ${stream.current()}`)
    }
  }
  return pieces
}

describe('colours', () => {
  test.each([
    ['1 // two', ['number 1', 'comment // two']],
    ['/a/ 1 # b', ['comment /a/', 'number 1', 'comment # b']],
    ['/* a\n* b */ 1', ['comment /* a', 'comment * b */', 'number 1']],
    ['/ a\nb / true', ['comment / a', 'comment b /', 'atom true']],
    ["h'00 # \n ff' 1", ["string h'00 # ", "string  ff'", 'number 1']],
    ["b32'AD7Q', dt'2024-02-29T12:34:56Z'", ["string b32'AD7Q'", "string dt'2024-02-29T12:34:56Z'"]],
    ['``a`\\``_1 2', ['string ``a`\\``_1', 'number 2']],
    ['`a\nb` null', ['string `a', 'string b`', 'atom null']],
    ['"a\\"b"_0 + "c"', ['string "a\\"b"_0', 'string "c"']],
    ['-0x1.8p-3_2, 2e+1 1.5_1 0xff', ['number -0x1.8p-3_2', 'number 2e+1', 'number 1.5_1', 'number 0xff']],
    ["-Infinity_1 ext(5, '')", ['number -Infinity_1', 'keyword ext', 'number 5', "string ''"]],
  ])('%j', (text, pieces) => {
    expect(coloured(text)).toEqual(pieces)
  })

  test('text without its closing quote to the end of the line', () => {
    expect(coloured('"abc\n1')).toEqual(['string "abc', 'number 1'])
    expect(coloured("'\\\n1")).toEqual(["string '\\", 'number 1'])
  })
})
