import { describe, expect, it } from 'vitest'
import { deceptionIn, visiblePartsOf } from '../../src/shared/visible-parts.ts'

const hiddenIn = (text: string) => visiblePartsOf(text).flatMap((part) => (part.kind === 'hidden' ? [part.name] : []))
const foreignIn = (text: string) => visiblePartsOf(text).flatMap((part) => (part.kind === 'foreign' ? [part.text] : []))

describe('the parts of a text', () => {
  it('are one where nothing deceives', () => {
    expect(visiblePartsOf('ipc:///tmp/Grüße und Maße')).toEqual([{ kind: 'plain', text: 'ipc:///tmp/Grüße und Maße' }])
    expect(deceptionIn(visiblePartsOf('tcp://127.0.0.1:5555'))).toBe('')
  })

  it.each([
    ['a mark of direction', '\u202e', 'U+202E'],
    ['a zero-width space', '\u200b', 'U+200B'],
    ['a word joiner', '\u2060', 'U+2060'],
    ['an escape', '\u001b', 'U+001B'],
    ['a line break', '\n', 'U+000A'],
    ['a no-break space', '\u00a0', 'U+00A0'],
    ['a grapheme joiner', '\u034f', 'U+034F'],
    ['a variation selector', '\ufe0f', 'U+FE0F'],
    ['a filler', '\u3164', 'U+3164'],
    ['a lone surrogate', '\ud800', 'U+D800'],
    ['a tag character', '\u{e0041}', 'U+E0041'],
  ])('name %s', (_what, character, name) => {
    expect(hiddenIn(`ipc:///tmp/a${character}b`)).toEqual([name])
    expect(deceptionIn(visiblePartsOf(`a${character}b`))).toBe(`It contains characters that cannot be seen: ${name}.`)
  })

  it('name letters that look like Latin ones', () => {
    expect(foreignIn('ipc:///tmp/\u0430pple')).toEqual(['\u0430'])
    expect(foreignIn('\uff41bc')).toEqual(['\uff41'])
    expect(deceptionIn(visiblePartsOf('\u0430\u03bf'))).toBe(
      'It contains letters that can look like others: \u0430 (U+0430, Cyrillic), \u03bf (U+03BF, Greek).',
    )
  })

  it('lists only some of many', () => {
    const many = String.fromCodePoint(...Array.from({ length: 8 }, (_, index) => 0xe0020 + index))
    expect(deceptionIn(visiblePartsOf(many))).toMatch(/U\+E0024 and 3 more\.$/)
  })
})
