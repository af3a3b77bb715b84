import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, nativeTheme } from 'electron'
import logFile from 'electron-log/main'
import { createApplication } from './application.ts'
import { createCrashLimit } from './crash-limit.ts'
import { runDemo } from './demo.ts'
import { EventQueue } from './event-queue.ts'
import { createHandlers } from './handlers.ts'
import { deliverToWindows, serveCalls } from './ipc.ts'
import { installMenu } from './menu.ts'
import type { Notices } from './notices.ts'
import { registerScheme, serveWindow } from './protocol.ts'
import { keepInFreshFolder, keepInGivenFolder } from './user-data.ts'
import { createWindow, loadPage, lockDown } from './window.ts'
import { keptPlace } from './window-place.ts'

/** Closing sockets and files takes milliseconds; a disk that hangs must not keep the application from ending. */
const shutdownLimitMs = 5000
const mayReload = createCrashLimit(3, 60_000, () => performance.now())

const demo = app.commandLine.hasSwitch('demo')
keepInGivenFolder()
if (demo) keepInFreshFolder()
logFile.transports.console.level = 'warn'
logFile.errorHandler.startCatching({ showDialog: false })
registerScheme()

let exitCode = 0
/** What has to be written before the end, beside what the application has. */
let placeSettled = (): Promise<void> => Promise.resolve()

async function run(): Promise<void> {
  await app.whenReady()
  const queue = new EventQueue(deliverToWindows)
  const application = await createApplication((event) => queue.push(event))
  lockDown()
  serveWindow(join(dirname(fileURLToPath(import.meta.url)), '../renderer'))
  serveCalls(createHandlers(application), (thrown) => logFile.error('A command failed unforeseen', thrown))
  installMenu(!app.isPackaged, (command) => queue.push({ type: 'app.command', command }))

  let ending = false
  app.on('will-quit', (event) => {
    if (ending) return
    ending = true
    event.preventDefault()
    const limit = setTimeout(() => app.exit(exitCode), shutdownLimitMs)
    Promise.all([application.dispose(), placeSettled()])
      .catch((thrown: unknown) => logFile.error('The application did not end cleanly', thrown))
      .finally(() => {
        clearTimeout(limit)
        app.exit(exitCode)
      })
  })
  app.on('window-all-closed', () => app.quit())
  application.asked.ask(process.argv.slice(1))
  app.on('second-instance', (_event, args) => {
    application.asked.ask(args.slice(1))
    showWindow()
  })
  // macOS hands a link over in its own way.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    application.asked.ask([url])
    showWindow()
  })
  const window = await openWindow(application.notices)
  if (demo) {
    exitCode = await runDemo(window, application)
    app.quit()
  }
}

/** Who starts the application again wants the window that there is. */
function showWindow(): void {
  const window = BrowserWindow.getAllWindows()[0]
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

async function openWindow(notices: Notices): Promise<BrowserWindow> {
  const place = await keptPlace()
  const window = createWindow(nativeTheme.shouldUseDarkColors, place)
  placeSettled = () => place.settled()
  place.follow(window, (thrown) => logFile.warn('The place of the window was not kept', thrown))
  await loadPage(window)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    logFile.error('The page ended', reason)
    if (!mayReload()) return endAfterCrashes(reason)
    // Everything that matters is in the engine, the log and the workspace: a new page shows it again.
    notices.add('warning', 'The window was loaded again', `Its page had ended unexpectedly (${reason}).`)
    loadPage(window).catch((thrown: unknown) => logFile.error('The page could not be loaded again', thrown))
  })
  return window
}

/** A page that crashes at once each time can show nothing, so the system's own dialog says it. */
function endAfterCrashes(reason: string): void {
  exitCode = 1
  dialog
    .showMessageBox({ type: 'error', title: app.name, message: `The window keeps crashing (${reason}).` })
    .catch((thrown: unknown) => logFile.error('The crash could not be shown', thrown))
    .finally(() => app.quit())
}

// Two processes must not write the same files. The one that is there shows itself instead.
if (app.requestSingleInstanceLock()) {
  run().catch((thrown: unknown) => {
    logFile.error('The application could not start', thrown)
    app.exit(1)
  })
} else {
  app.exit(0)
}
