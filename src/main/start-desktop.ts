import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog, nativeTheme } from 'electron'
import { reasonOf } from '../shared/reason.ts'
import { endUnstarted } from './end-unstarted.ts'
import { EventQueue } from './event-queue.ts'
import { deliverToWindows, followDeliveries, serveCalls } from './ipc.ts'
import { isLarge } from './kept-size.ts'
import { keptTheme } from './kept-theme.ts'
import { LaunchRequests } from './launch-requests.ts'
import { installMenu } from './menu.ts'
import { registerScheme, serveWindow } from './page-files.ts'
import { lockTrouble } from './usable-folder.ts'
import { keepInFreshFolder, keepInGivenFolder, tidyUserData } from './user-data.ts'
import { createWindow, loadPage, lockDown } from './window.ts'
import { runWindowCommand } from './window-commands.ts'
import { keptPlace } from './window-place.ts'

const rendererFolder = join(dirname(fileURLToPath(import.meta.url)), '../renderer')

/**
 * Shows the window first, and loads everything else when it is there: sockets, log and schemas take longer than the window
 * does, nobody needs them to see it, and while modules are loaded here the page waits. What it asks for in the meantime is
 * answered afterwards.
 */
async function start(demo: boolean): Promise<void> {
  tidyUserData()
  const launchRequests = new LaunchRequests()
  const queue = new EventQueue(deliverToWindows)
  followDeliveries(() => queue.taken())
  const [theme, place] = await Promise.all([keptTheme(), keptPlace(), app.whenReady()])
  nativeTheme.themeSource = theme
  lockDown()
  const window = createWindow(nativeTheme.shouldUseDarkColors, place)
  const files = import('./kept-files.ts').then(({ readKeptFiles }) => readKeptFiles())
  serveWindow(
    rendererFolder,
    files.then(({ kept }) => (isLarge(kept) ? null : kept)),
  )
  const loaded = loadPage(window)
  installMenu(!app.isPackaged, (command, byKey) => {
    if (!runWindowCommand(command)) queue.push({ type: 'app.command', command, byKey })
  })
  const desktop = loaded.then(async () => {
    const { openDesktop } = await import('./desktop.ts')
    return openDesktop(queue, await files)
  })
  serveCalls(desktop)
  // If the window closes during startup, quit when startup finishes.
  const quit = () => app.quit()
  app.on('window-all-closed', () => void desktop.then(quit, quit))
  const opened = await desktop.catch((thrown: unknown) => {
    // A page that was closed while it was read has failed to be read, and nothing else has.
    if (window.isDestroyed()) return null
    throw thrown
  })
  if (!window.isDestroyed()) await opened?.follow({ window, place, launchRequests, demo })
}

/** Says why there is no application, where a person can see it. */
async function tellFailure(thrown: unknown, demo: boolean): Promise<void> {
  const { default: logFile } = await import('electron-log/main')
  logFile.error('The application could not start', thrown)
  const reason = reasonOf(thrown)
  if (!demo) dialog.showErrorBox('ZeroMQ Inspector could not start', reason)
}

/** Starts the desktop. To be called before Electron is ready. */
export function startDesktop(): void {
  const demo = app.commandLine.hasSwitch('demo')
  try {
    keepInGivenFolder()
    if (demo) keepInFreshFolder()
    registerScheme()
    // The page is served from here and asks no network: Chromium's service for it needs no process of its own, which
    // would be started before the window.
    app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
    // Two processes must not write the same files. The one that is there shows itself instead.
    if (!app.requestSingleInstanceLock()) {
      const trouble = lockTrouble(app.getPath('userData'))
      if (trouble) throw trouble
      app.exit(0)
      return
    }
  } catch (thrown) {
    endUnstarted(thrown, demo)
    return
  }
  start(demo).catch((thrown: unknown) => tellFailure(thrown, demo).finally(() => app.exit(1)))
}
