import { Menu, type MenuItemConstructorOptions } from 'electron'
import { type AppCommandGroup, type AppCommandId, appCommands } from '../shared/app-commands.ts'

const isMac = process.platform === 'darwin'

/** The commands of a group, as items that show their shortcuts. */
function itemsOf(group: AppCommandGroup, run: (command: AppCommandId) => void): MenuItemConstructorOptions[] {
  return appCommands
    .filter((command) => command.group === group)
    .map(({ id, title, shortcut }) => ({
      label: title,
      click: () => run(id),
      // The page hears its keys itself, also where the menu does not: only macOS takes them for the menu first.
      ...(shortcut !== null && shortcut.length > 1 ? { accelerator: shortcut, registerAccelerator: isMac } : {}),
    }))
}

/** The application's menu, as each platform has it. Reload and developer tools only in a checkout. */
export function installMenu(development: boolean, run: (command: AppCommandId) => void): void {
  const quit: MenuItemConstructorOptions[] = isMac ? [] : [{ type: 'separator' }, { role: 'quit' }]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' as const }] : []),
      { label: 'File', submenu: [...itemsOf('Connection', run), ...quit] },
      { role: 'editMenu' },
      { label: 'Message', submenu: itemsOf('Message', run) },
      { label: 'Go', submenu: itemsOf('Go', run) },
      {
        label: 'View',
        submenu: [
          ...itemsOf('Window', run),
          { type: 'separator' },
          ...(development ? [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
      { role: 'help', submenu: itemsOf('Help', run) },
    ]),
  )
}
