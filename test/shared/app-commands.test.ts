import { describe, expect, test } from 'vitest'
import { appCommands, matchesShortcut, shortcutInWords } from '../../src/shared/app-commands.ts'

const press = (key: string, held: string = '') => ({
  key,
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
    ['?', press('?', 's'), false, true],
    ['?', press('?', 'c'), false, false],
  ])('%s and %o on macOS %s: %s', (shortcut, pressed, mac, expected) => {
    expect(matchesShortcut(shortcut, pressed, mac)).toBe(expected)
  })

  test('each is that of one command', () => {
    const used = appCommands.map(({ shortcut }) => shortcut).filter((shortcut) => shortcut !== null)
    expect(new Set(used).size).toBe(used.length)
    expect(new Set(appCommands.map(({ id }) => id)).size).toBe(appCommands.length)
  })

  test('as people read them', () => {
    expect(shortcutInWords('CmdOrCtrl+Shift+S', false)).toBe('Ctrl+Shift+S')
    expect(shortcutInWords('CmdOrCtrl+Shift+S', true)).toBe('⇧⌘S')
    expect(shortcutInWords('CmdOrCtrl+PageDown', false)).toBe('Ctrl+Page Down')
    expect(shortcutInWords('?', true)).toBe('?')
  })
})
