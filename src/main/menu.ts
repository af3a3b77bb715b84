import { type KeyboardEvent, Menu, type MenuItemConstructorOptions } from 'electron'
import { type AppCommandGroup, type AppCommandId, appCommands } from '../shared/app-commands.ts'

const isMac = process.platform === 'darwin'

/** Runs a command; `byKey` when its shortcut chose it rather than the pointer. */
type Run = (command: AppCommandId, byKey: boolean) => void

const separator: MenuItemConstructorOptions = { type: 'separator' }
const developmentItems: MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }]

/** The first menu on macOS, with a Quit that asks, like any other way to close the window. */
const applicationMenu = (quit: MenuItemConstructorOptions[]): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    ...quit,
  ],
})

/** Their keys mean something else in most fields, which the page knows. */
const ofText: readonly AppCommandId[] = ['earlier-message', 'later-message', 'undo-last']

/** The commands of a group, as menu items with their shortcuts. */
function itemsOf(group: AppCommandGroup, run: Run): MenuItemConstructorOptions[] {
  return appCommands
    .filter((command) => command.group === group)
    .map(({ id, title, shortcut }) => ({
      id,
      label: title,
      // A programmatic click has no event.
      click: (_item, _window, event?: KeyboardEvent) => run(id, event?.triggeredByAccelerator === true),
      // The page handles its own keys, even where the menu does not: only macOS gives them to the menu first. On macOS
      // F11 belongs to the system, which has its own role for full screen.
      ...(isMac && id === 'full-screen' ? { role: 'togglefullscreen' as const } : {}),
      ...(shortcut !== null && shortcut.length > 1 && !(isMac && id === 'full-screen')
        ? { accelerator: shortcut, registerAccelerator: isMac && !ofText.some((each) => each === id) }
        : {}),
    }))
}

/** The application menu of each platform. Reload and developer tools only in development. */
export function installMenu(development: boolean, run: Run): void {
  const all = itemsOf('Window', run)
  const quit = all.filter(({ id }) => id === 'quit')
  const ofFile: readonly AppCommandId[] = ['settings', 'schemas']
  const file = all.filter(({ id }) => ofFile.some((each) => each === id))
  const window = all.filter((item) => ![...quit, ...file].includes(item))
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [applicationMenu(quit)] : []),
      { label: 'File', submenu: [...file, ...(isMac ? [] : [separator, ...quit])] },
      { role: 'editMenu' },
      { label: 'Socket', submenu: itemsOf('Socket', run) },
      { label: 'Message', submenu: itemsOf('Message', run) },
      { label: 'Go', submenu: itemsOf('Go', run) },
      { label: 'View', submenu: [...window, ...(development ? [separator, ...developmentItems] : [])] },
      { role: 'windowMenu' },
      { role: 'help', submenu: itemsOf('Help', run) },
    ]),
  )
}
