import { Menu, type MenuItemConstructorOptions } from 'electron'
import { type AppCommandGroup, type AppCommandId, appCommands } from '../shared/app-commands.ts'

const isMac = process.platform === 'darwin'

const separator: MenuItemConstructorOptions = { type: 'separator' }
const developmentItems: MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }]

/** The first menu on macOS, with a Quit that asks like any other way to close the window. */
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

/** The commands of a group, as items that show their shortcuts. */
function itemsOf(group: AppCommandGroup, run: (command: AppCommandId) => void): MenuItemConstructorOptions[] {
  return appCommands
    .filter((command) => command.group === group)
    .map(({ id, title, shortcut }) => ({
      id,
      label: title,
      click: () => run(id),
      // The page hears its keys itself, also where the menu does not: only macOS takes them for the menu first.
      ...(shortcut !== null && shortcut.length > 1 ? { accelerator: shortcut, registerAccelerator: isMac } : {}),
    }))
}

/** The application's menu, as each platform has it. Reload and developer tools only in a checkout. */
export function installMenu(development: boolean, run: (command: AppCommandId) => void): void {
  const all = itemsOf('Window', run)
  const quit = all.filter(({ id }) => id === 'quit')
  const window = all.filter(({ id }) => id !== 'quit')
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [applicationMenu(quit)] : []),
      { label: 'File', submenu: [...itemsOf('Connection', run), ...(isMac ? [] : [separator, ...quit])] },
      { role: 'editMenu' },
      { label: 'Message', submenu: itemsOf('Message', run) },
      { label: 'Go', submenu: itemsOf('Go', run) },
      { label: 'View', submenu: [...window, ...(development ? [separator, ...developmentItems] : [])] },
      { role: 'windowMenu' },
      { role: 'help', submenu: itemsOf('Help', run) },
    ]),
  )
}
