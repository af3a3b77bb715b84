/**
 * What a person can run from the menu, the command palette or by shortcut. Shortcuts use Electron's accelerator
 * notation; CmdOrCtrl is ⌘ on macOS and Ctrl elsewhere.
 */
export const appCommands = [
  { id: 'send', group: 'Message', title: 'Send', shortcut: 'CmdOrCtrl+Enter' },
  { id: 'cancel', group: 'Message', title: 'Cancel', shortcut: 'CmdOrCtrl+.' },
  { id: 'repeat', group: 'Message', title: 'Start or stop repeating', shortcut: 'CmdOrCtrl+Shift+Enter' },
  { id: 'format', group: 'Message', title: 'Format the text of the frame', shortcut: 'Shift+Alt+F' },
  { id: 'add-frame', group: 'Message', title: 'Add a frame', shortcut: null },
  { id: 'insert-frame', group: 'Message', title: 'Insert a frame above', shortcut: null },
  { id: 'duplicate-frame', group: 'Message', title: 'Duplicate the frame', shortcut: null },
  { id: 'move-frame-up', group: 'Message', title: 'Move the frame up', shortcut: null },
  { id: 'move-frame-down', group: 'Message', title: 'Move the frame down', shortcut: null },
  { id: 'load-frame', group: 'Message', title: 'Load a file into the frame…', shortcut: null },
  { id: 'remove-frame', group: 'Message', title: 'Remove the frame', shortcut: null },
  { id: 'earlier-message', group: 'Message', title: 'Bring the message before back', shortcut: 'CmdOrCtrl+Up' },
  { id: 'later-message', group: 'Message', title: 'Go to the message after', shortcut: 'CmdOrCtrl+Down' },
  { id: 'undo-last', group: 'Message', title: 'Undo what was replaced or removed', shortcut: 'Alt+Z' },
  { id: 'copy-as-code', group: 'Message', title: 'Copy as code…', shortcut: null },
  { id: 'use-reply', group: 'Message', title: 'Use the reply as the request', shortcut: null },
  { id: 'copy-reply-text', group: 'Message', title: 'Copy the reply as text', shortcut: null },
  { id: 'copy-reply-hex', group: 'Message', title: 'Copy the reply as hex', shortcut: null },
  { id: 'expand-all', group: 'Message', title: 'Expand all of the reply', shortcut: null },
  { id: 'collapse-all', group: 'Message', title: 'Collapse all of the reply', shortcut: null },
  { id: 'forget-recent', group: 'Message', title: 'Forget recent messages, endpoints and commands', shortcut: null },
  { id: 'new-connection', group: 'Socket', title: 'New socket', shortcut: 'CmdOrCtrl+N' },
  { id: 'start-from', group: 'Socket', title: 'Start from…', shortcut: null },
  { id: 'rename-connection', group: 'Socket', title: 'Rename the socket', shortcut: 'F2' },
  { id: 'duplicate-socket', group: 'Socket', title: 'Duplicate the socket', shortcut: 'CmdOrCtrl+D' },
  { id: 'move-socket-up', group: 'Socket', title: 'Move the socket up', shortcut: null },
  { id: 'move-socket-down', group: 'Socket', title: 'Move the socket down', shortcut: null },
  { id: 'remove-connection', group: 'Socket', title: 'Remove the socket', shortcut: null },
  { id: 'connect', group: 'Socket', title: 'Connect or disconnect', shortcut: null },
  { id: 'next-connection', group: 'Socket', title: 'Next socket', shortcut: 'CmdOrCtrl+PageDown' },
  { id: 'previous-connection', group: 'Socket', title: 'Previous socket', shortcut: 'CmdOrCtrl+PageUp' },
  { id: 'probe', group: 'Socket', title: 'What is there? Probe the endpoint', shortcut: null },
  { id: 'probe-ports', group: 'Socket', title: 'Which of my ports speak ZeroMQ?', shortcut: null },
  { id: 'toggle-server', group: 'Socket', title: 'Start or stop the echo server', shortcut: 'CmdOrCtrl+Shift+S' },
  { id: 'focus-endpoint', group: 'Go', title: 'Go to the endpoint', shortcut: 'CmdOrCtrl+L' },
  { id: 'focus-request', group: 'Go', title: 'Go to the request', shortcut: 'CmdOrCtrl+1' },
  { id: 'focus-reply', group: 'Go', title: 'Go to the reply', shortcut: 'CmdOrCtrl+2' },
  { id: 'show-latency', group: 'Go', title: 'Go to the latency', shortcut: 'CmdOrCtrl+3' },
  { id: 'show-log', group: 'Go', title: 'Go to the log', shortcut: 'CmdOrCtrl+4' },
  { id: 'show-events', group: 'Go', title: 'Go to the events', shortcut: 'CmdOrCtrl+5' },
  { id: 'find', group: 'Go', title: 'Find in the reply', shortcut: 'CmdOrCtrl+F' },
  { id: 'find-in-log', group: 'Go', title: 'Find in the log', shortcut: 'CmdOrCtrl+Shift+F' },
  { id: 'toggle-lab', group: 'Go', title: 'Open or close the latency lab', shortcut: 'CmdOrCtrl+Shift+L' },
  { id: 'open-recording', group: 'Go', title: 'Open a recording…', shortcut: 'CmdOrCtrl+O' },
  { id: 'palette', group: 'Window', title: 'Command palette', shortcut: 'CmdOrCtrl+K' },
  { id: 'settings', group: 'Window', title: 'Settings', shortcut: 'CmdOrCtrl+,' },
  { id: 'schemas', group: 'Window', title: 'Protobuf schemas', shortcut: null },
  { id: 'zoom-in', group: 'Window', title: 'Zoom in', shortcut: 'CmdOrCtrl+Plus' },
  { id: 'zoom-out', group: 'Window', title: 'Zoom out', shortcut: 'CmdOrCtrl+-' },
  { id: 'zoom-reset', group: 'Window', title: 'Actual size', shortcut: 'CmdOrCtrl+0' },
  { id: 'full-screen', group: 'Window', title: 'Full screen on or off', shortcut: 'F11' },
  { id: 'theme-system', group: 'Window', title: 'Theme: as the system', shortcut: null },
  { id: 'theme-light', group: 'Window', title: 'Theme: light', shortcut: null },
  { id: 'theme-dark', group: 'Window', title: 'Theme: dark', shortcut: null },
  { id: 'contrast', group: 'Window', title: 'High contrast on or off', shortcut: null },
  { id: 'quit', group: 'Window', title: 'Quit', shortcut: 'CmdOrCtrl+Q' },
  { id: 'user-guide', group: 'Help', title: 'User guide', shortcut: 'F1' },
  { id: 'tour', group: 'Help', title: 'Take the tour', shortcut: null },
  { id: 'shortcuts', group: 'Help', title: 'Keyboard shortcuts', shortcut: '?' },
  { id: 'terms', group: 'Help', title: 'Glossary', shortcut: null },
  { id: 'report-problem', group: 'Help', title: 'Report a problem', shortcut: null },
  { id: 'about', group: 'Help', title: 'About ZeroMQ Inspector', shortcut: null },
] as const satisfies readonly {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly shortcut: string | null
}[]

export type AppCommand = (typeof appCommands)[number]
export type AppCommandId = AppCommand['id']
export type AppCommandGroup = AppCommand['group']

/** The shortcut of a command; null when it has none. */
export const shortcutOf = (id: AppCommandId): string | null =>
  appCommands.find((command) => command.id === id)?.shortcut ?? null

/** The parts of a `KeyboardEvent` that matter here. */
export interface KeyPress {
  readonly key: string
  /** The physical key: `Digit1`, whatever is printed on it. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** What the keyboard calls keys that are named otherwise here. */
const keyNames: Readonly<Record<string, string>> = { up: 'arrowup', down: 'arrowdown' }

const isSign = /^[^a-z0-9]$/i
const isDigit = /^\d$/

/** Whether a key press is the shortcut. */
export function matchesShortcut(shortcut: string, press: KeyPress, mac: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const command = parts.includes('CmdOrCtrl')
  const shift = parts.includes('Shift')
  const alt = parts.includes('Alt')
  const pressed = mac ? press.metaKey : press.ctrlKey
  const other = mac ? press.ctrlKey : press.metaKey
  if (pressed !== command || other || press.altKey !== alt) return false
  // Whether a symbol needs Shift depends on the keyboard, so only the symbol is compared.
  if (key === 'Plus') return press.key === '+' || press.key === '='
  if (isSign.test(key)) return press.key === key
  if (press.shiftKey !== shift) return false
  // On macOS, Option makes another character of a letter.
  if (alt) return press.code === `Key${key}`
  // The same goes for digits: some keyboards print them above other symbols.
  const name = keyNames[key.toLowerCase()] ?? key.toLowerCase()
  return press.key.toLowerCase() === name || (isDigit.test(key) && press.code === `Digit${key}`)
}

const macSigns: Readonly<Record<string, string>> = {
  CmdOrCtrl: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↵',
  Up: '↑',
  Down: '↓',
}
const names: Readonly<Record<string, string>> = {
  CmdOrCtrl: 'Ctrl',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Plus: '+',
  Up: '↑',
  Down: '↓',
}

/** A shortcut as people read it: `Ctrl+Shift+S`, or `⇧⌘S` on macOS. */
export function shortcutInWords(shortcut: string, mac: boolean): string {
  const parts = shortcut.split('+')
  if (!mac) return parts.map((part) => names[part] ?? part).join('+')
  // macOS puts Option before Shift, and Shift before Command.
  const order = ['Alt', 'Shift', ...parts.filter((part) => part !== 'Alt' && part !== 'Shift')].filter((part) =>
    parts.includes(part),
  )
  return order.map((part) => macSigns[part] ?? names[part] ?? part).join('')
}
