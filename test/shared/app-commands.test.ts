import { describe, expect, test } from 'vitest'
import { appCommands, matchesShortcut, shortcutInWords } from '../../src/shared/app-commands.ts'

const press = (key: string, held: string = '', code = '') => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  shiftKey: held.includes('s'),
  altKey: held.includes('a'),
})

describe('shortcuts', () => {
  test.each([
    ['CmdOrCtrl+K', press('k', 'c'), false, true],
    ['CmdOrCtrl+K', press('K', 'c'), false, true],
    ['CmdOrCtrl+K', press('k', 'm'), true, true],
    ['CmdOrCtrl+K', press('k', 'c'), true, false],
    ['CmdOrCtrl+K', press('k'), false, false],
    ['CmdOrCtrl+K', press('k', 'cs'), false, false],
    ['CmdOrCtrl+K', press('k', 'ca'), false, false],
    ['CmdOrCtrl+K', press('k', 'cm'), false, false],
    ['CmdOrCtrl+Shift+S', press('S', 'cs'), false, true],
    ['CmdOrCtrl+Shift+S', press('s', 'c'), false, false],
    ['CmdOrCtrl+Enter', press('Enter', 'c'), false, true],
    ['CmdOrCtrl+1', press('1', 'c', 'Digit1'), false, true],
    ['CmdOrCtrl+1', press('&', 'c', 'Digit1'), false, true],
    ['CmdOrCtrl+1', press('!', 'cs', 'Digit1'), false, false],
    ['CmdOrCtrl+.', press('.', 'cs', 'Comma'), false, true],
    ['CmdOrCtrl+Plus', press('+', 'cs', 'Equal'), false, true],
    ['CmdOrCtrl+Plus', press('=', 'c', 'Equal'), false, true],
    ['CmdOrCtrl+Plus', press('+', 'c', 'NumpadAdd'), false, true],
    ['CmdOrCtrl+-', press('-', 'c', 'Minus'), false, true],
    ['F11', press('F11', '', 'F11'), false, true],
    ['F11', press('F11', 's', 'F11'), false, false],
    ['Shift+Alt+F', press('F', 'sa', 'KeyF'), false, true],
    ['Shift+Alt+F', press('Ï', 'sa', 'KeyF'), true, true],
    ['Shift+Alt+F', press('f', 'a', 'KeyF'), false, false],
    ['Shift+Alt+F', press('F', 's', 'KeyF'), false, false],
    ['Shift+Alt+F', press('F', 'sac', 'KeyF'), false, false],
    ['Shift+Alt+F', press('G', 'sa', 'KeyG'), false, false],
    ['?', press('?', 's'), false, true],
    ['?', press('?', 'c'), false, false],
  ])('%s and %o on macOS %s: %s', (shortcut, pressed, mac, expected) => {
    expect(matchesShortcut(shortcut, pressed, mac)).toBe(expected)
  })

  test('each belongs to one command', () => {
    const used = appCommands.map(({ shortcut }) => shortcut).filter((shortcut) => shortcut !== null)
    expect(new Set(used).size).toBe(used.length)
    expect(new Set(appCommands.map(({ id }) => id)).size).toBe(appCommands.length)
  })

  test('as shown to people', () => {
    expect(shortcutInWords('CmdOrCtrl+Shift+S', false)).toBe('Ctrl+Shift+S')
    expect(shortcutInWords('CmdOrCtrl+Shift+S', true)).toBe('⇧⌘S')
    expect(shortcutInWords('Shift+Alt+F', false)).toBe('Shift+Alt+F')
    expect(shortcutInWords('Shift+Alt+F', true)).toBe('⌥⇧F')
    expect(shortcutInWords('CmdOrCtrl+PageDown', false)).toBe('Ctrl+Page Down')
    expect(shortcutInWords('?', true)).toBe('?')
  })
})
