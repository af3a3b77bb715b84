import { Menu } from 'electron'

/** The system's own roles: editing, zoom and the window. Reload and developer tools only in a checkout. */
export function installMenu(development: boolean): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      ...(process.platform === 'darwin' ? [] : [{ label: 'File', submenu: [{ role: 'quit' as const }] }]),
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          ...(development ? [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  )
}
