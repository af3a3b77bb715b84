import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, nativeTheme } from 'electron'
import logFile from 'electron-log/main'
import { createApplication } from './application.ts'
import { runDemo } from './demo.ts'
import { EventQueue } from './event-queue.ts'
import { createHandlers } from './handlers.ts'
import { deliverToWindows, serveCalls } from './ipc.ts'
import { installMenu } from './menu.ts'
import { registerScheme, serveWindow } from './protocol.ts'
import { createWindow, loadPage, lockDown } from './window.ts'

/** Closing sockets and files takes milliseconds; a disk that hangs must not keep the application from ending. */
const shutdownLimitMs = 5000

const userData = app.commandLine.getSwitchValue('user-data-dir')
if (userData !== '') app.setPath('userData', userData)
logFile.transports.console.level = 'warn'
logFile.errorHandler.startCatching({ showDialog: false })
registerScheme()

const demo = app.commandLine.hasSwitch('demo')
let exitCode = 0

async function run(): Promise<void> {
  await app.whenReady()
  const queue = new EventQueue(deliverToWindows)
  const application = await createApplication((event) => queue.push(event))
  lockDown()
  serveWindow(join(dirname(fileURLToPath(import.meta.url)), '../renderer'))
  serveCalls(createHandlers(application), (thrown) => logFile.error('A command failed unforeseen', thrown))
  installMenu(!app.isPackaged)

  let ending = false
  app.on('will-quit', (event) => {
    if (ending) return
    ending = true
    event.preventDefault()
    const limit = setTimeout(() => app.exit(exitCode), shutdownLimitMs)
    application
      .dispose()
      .catch((thrown: unknown) => logFile.error('The application did not end cleanly', thrown))
      .finally(() => {
        clearTimeout(limit)
        app.exit(exitCode)
      })
  })
  app.on('window-all-closed', () => app.quit())
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow()
  })
  const window = await openWindow()
  if (demo) {
    exitCode = await runDemo(window, application.engine)
    app.quit()
  }
}

async function openWindow(): Promise<BrowserWindow> {
  const window = createWindow(nativeTheme.shouldUseDarkColors)
  await loadPage(window)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    // Everything that matters is in the engine, the log and the workspace: a new page shows it again.
    logFile.error('The page ended', reason)
    loadPage(window).catch((thrown: unknown) => logFile.error('The page could not be loaded again', thrown))
  })
  return window
}

run().catch((thrown: unknown) => {
  logFile.error('The application could not start', thrown)
  app.exit(1)
})
