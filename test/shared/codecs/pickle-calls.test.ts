import { describe, expect, test } from 'vitest'
import { pickleText } from '../../../src/shared/codecs/pickle/pickle.ts'
import { handmade } from './pickle-programs.ts'
import { checked } from './pickles.ts'
import { nodesOf, outline } from './readings.ts'
import { fromHex } from './support.ts'

const shown = (index: number): string[] => outline(checked(fromHex(handmade[index] ?? '')).root)
const asText = (index: number): string => pickleText(fromHex(handmade[index] ?? ''))

describe('objects of a program', () => {
  test('show their class, their members, and that nothing is executed', () => {
    expect(shown(0)).toEqual([
      'new __main__.Order () (not executed)',
      '  state: dict 2 entries',
      '    n: int 5',
      '    tags: list 1 item',
      "      0: str 'a'",
    ])
    expect(asText(0)).toBe("__main__.Order(n=5, tags=['a'])")
    expect(asText(1)).toBe("__main__.Order(n=5, tags=['a'])")
    expect(shown(1)[0]).toBe('new __main__.Order  (not executed)')
    expect(asText(9)).toBe("__main__.Deep().extend([1]).__setstate__({'n': 5})")
    expect(shown(9)).toEqual([
      'new __main__.Deep () (not executed)',
      '  0: int 1',
      '  state: dict 1 entry',
      '    n: int 5',
    ])
  })

  test('show the call that finds a member of an enum', () => {
    // Some versions of Python write the member's value, others its name.
    expect(shown(2)[0]).toMatch(/^call (__main__\.Color|builtins\.getattr) .*\(not executed\)$/)
    expect(asText(2)).toMatch(/__main__\.Color.*(2|RED)/)
  })

  test('that the program keeps elsewhere say so', () => {
    expect(shown(5)).toEqual([
      'list 1 item',
      "  0: persistent id ('row', 7) (not looked up)",
      '    id: tuple 2 items',
      "      0: str 'row'",
      '      1: int 7',
    ])
    expect(asText(5)).toBe("[<persistent id ('row', 7)>]")
    expect(shown(6)[0]).toBe('new extension code 240 () (not executed)')
    expect(shown(10)).toEqual(['list 2 items', '  0: buffer, read-only  (sent beside the pickle)', '  1: int 1'])
    expect(pickleText(new TextEncoder().encode('Pabc\n.'))).toBe("<persistent id 'abc'>")
  })
})

describe('a pickle that would run a program', () => {
  test('shows what it would call', () => {
    expect(shown(3)).toEqual([
      "call posix.system ('echo owned > /tmp/owned',) (not executed)",
      "  0: str 'echo owned > /tmp/owned'",
    ])
    expect(asText(3)).toBe("posix.system('echo owned > /tmp/owned')")
    expect(asText(4)).toBe("{'a': [posix.system('echo owned > /tmp/owned')]}")
  })

  // Each of these calls os.system when Python reads it.
  test.each([
    ['which it then drops', "cos\nsystem\n(S'x'\ntR0K\x01."],
    ['and leaves below the value', "cos\nsystem\n(S'x'\ntRK\x01."],
    ['and drops with a mark', "(cos\nsystem\n(S'x'\ntR1K\x01."],
    ['inside of a list', "](cos\nsystem\n(S'x'\ntR0K\x01e."],
    ['as a key', "}(cos\nsystem\n(S'x'\ntRK\x01u."],
    ['beside a key', "}(S'a'\n(cos\nsystem\n(S'x'\ntR1K\x01u."],
    ['as the class of another', "(cos\nsystem\n(S'x'\ntRK\x01o."],
    ['by INST', "(S'x'\nios\nsystem\n."],
    ['by OBJ', "(cos\nsystem\nS'x'\no."],
    [
      'by a name that it finds',
      "c__builtin__\ngetattr\n(cos\nS'system'\ntR(S'x'\ntR.".replace('cos\n', 'c__main__\nos\n'),
    ],
    ['in a date', "cdatetime\ndate\n(C\x04\x07\xe8\x02\x1dcos\nsystem\n(S'x'\ntRtR."],
    ['in a state', "cuuid\nUUID\n)\x81}(S'int'\nK\x05S'a'\ncos\nsystem\n(S'x'\ntRub."],
    ['with keywords', "\x80\x04cos\nsystem\n)}S'command'\nS'x'\ns\x92."],
  ])('%s', (_, text) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const { root, fault } = checked(bytes)
    expect(fault).toBeUndefined()
    const lines = outline(root).join('\n')
    expect(lines).toMatch(/os\.system/)
    expect(lines).toMatch(/not executed/)
    expect(pickleText(bytes)).toMatch(/os\.system\(.*'x'.*\)/)
  })
})

describe('values that are used again', () => {
  test('refer to where they are', () => {
    expect(shown(12)).toEqual([
      'list 2 items',
      `  0: str '${'name'.repeat(20)}'`,
      `  1: str '${'name'.repeat(20)}' (same as at byte 14)`,
    ])
    expect(asText(13)).toBe("[{'n': 1}, {'n': 2}]")
    expect(shown(13).at(-1)).toBe('    n: int 2')
  })

  test('can be in themselves', () => {
    expect(shown(7)).toEqual(['list 1 item', '  0: list 1 item (same as at byte 11)'])
    expect(asText(7)).toBe('[<same as at byte 11>]')
    expect(shown(8)).toEqual([
      'pickle 1 value, 1 more on the stack',
      '  list 1 item (not part of the value)',
      '    0: tuple 1 item',
      '      0: list 1 item (same as at byte 11)',
      '  tuple 1 item (same as at byte 13)',
    ])
  })

  test('are not multiplied: sixty tuples of two, each of the one before', () => {
    expect([...nodesOf(checked(fromHex(handmade[11] ?? '')).root)].length).toBeLessThan(200)
    expect(asText(11).length).toBeLessThan(5000)
  })

  test('can be added to, which shows where that happens', () => {
    const bytes = Uint8Array.from(']q\x00h\x00K\x01a.', (character) => character.charCodeAt(0))
    expect(outline(checked(bytes).root)).toEqual([
      'pickle 1 value, 1 more on the stack',
      '  list 0 items (not part of the value)',
      '  list 0 items (same as at byte 0)',
      '    0: int 1',
    ])
  })
})
