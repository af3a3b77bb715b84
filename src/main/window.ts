import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, session } from 'electron'
import { offerEditMenu } from './edit-menu.ts'
import { origin } from './page-files.ts'
import type { KeptPlace } from './window-place.ts'

/** Set by the development server; used only in development. */
const developmentServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL

const windowOrigin = developmentServer ? new URL(developmentServer).origin : origin

/** Whether a frame's URL belongs to the window's own page. */
export function isOwnPage(url: string): boolean {
  return url === windowOrigin || url.startsWith(`${windowOrigin}/`)
}

/**
 * Denies everything that a page could ask for beyond showing itself and loading itself again: permissions, downloads,
 * navigation, new windows, web views.
 */
export function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
  session.defaultSession.on('will-download', (event) => event.preventDefault())
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // The page may load itself again, and nothing else.
      if (event.url !== contents.getURL()) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    offerEditMenu(contents)
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** The window, at its previous place or the default size; shown once its page is ready. */
export function createWindow(
  dark: boolean,
  { bounds, maximized }: Pick<KeptPlace, 'bounds' | 'maximized'>,
): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    ...bounds,
    minWidth: 800,
    minHeight: 600,
    title: 'ZeroMQ Inspector',
    show: false,
    // The page's background colour, so that the window does not flash before the first paint.
    backgroundColor: dark ? '#1b1d21' : '#ffffff',
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  return window
}

export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(developmentServer ?? `${origin}/index.html`)
}
