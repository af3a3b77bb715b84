import { app, BrowserWindow, dialog } from 'electron'
import logFile from 'electron-log/main'
import { ownerOnlyFile } from '../engine/files/owner-only.ts'
import { unfinished } from '../shared/unfinished.ts'
import { createApplication } from './application.ts'
import { createCrashLimit } from './crash-limit.ts'
import { dispatch } from './dispatch.ts'
import { endAtOnce } from './end-at-once.ts'
import type { EventQueue } from './event-queue.ts'
import { createHandlers } from './handlers.ts'
import type { Answering } from './ipc.ts'
import type { KeptFiles } from './kept-files.ts'
import type { LaunchRequests } from './launch-requests.ts'
import { linkScheme } from './links.ts'
import type { Notices } from './notices.ts'
import { askAtTheEnd, askBeforeClosing, type Closing } from './quit-question.ts'
import type { UnsavedFiles } from './unsaved-files.ts'
import { describeUnusable, titleOfUnusable } from './unusable-files.ts'
import { loadPage } from './window.ts'
import type { KeptPlace } from './window-place.ts'

/** Closing sockets and files takes milliseconds; a disk that hangs must not keep the application from ending. */
const shutdownLimitMs = 5000

/** The window that is there already, and what goes with it. */
export interface FirstWindow {
  readonly window: BrowserWindow
  readonly place: KeptPlace
  readonly launchRequests: LaunchRequests
  /** Whether to make the first exchange by itself and end. */
  readonly demo: boolean
}

export interface Desktop extends Answering {
  /** Looks after the window from now on. */
  follow(first: FirstWindow): Promise<void>
}

/** Everything behind the window. Events for its page go into the queue. */
export async function openDesktop(queue: EventQueue, files: KeptFiles): Promise<Desktop> {
  logFile.transports.console.level = 'warn'
  logFile.transports.file.writeOptions = { ...logFile.transports.file.writeOptions, mode: ownerOnlyFile }
  logFile.errorHandler.startCatching({ showDialog: false })
  const application = await createApplication((event) => queue.push(event), files)
  const handlers = createHandlers(application)
  let placeSettled = (): Promise<void> => Promise.resolve()
  let closing: Closing = { byPerson: false }
  const exit = endWell(
    () => Promise.all([application.dispose(), placeSettled()]),
    async () => {
      if (closing.byPerson) await askAtTheEnd(application.losses)
    },
    () => application.engine.lingers,
  )
  return {
    answer: (name, input) =>
      dispatch(handlers, name, input, (thrown) => logFile.error('A command failed unforeseen', thrown)),
    async follow({ window, place, launchRequests, demo }) {
      place.follow(window, (reason) => logFile.warn('The place of the window was not kept', reason))
      placeSettled = () => place.settled()
      const { engine, lab } = application
      tellPlaceTrouble(place, application.notices)
      followTitle(window, application.unsaved)
      closing = askBeforeClosing(window, application.losses, {
        running: () => unfinished({ sessions: engine.sessions, lab: lab.state }),
        isWanted: () => application.settings().confirmQuit,
        forget: () => application.saveSettings({ ...application.settings(), confirmQuit: false }),
        failed: (thrown) => logFile.error('Whether to quit could not be asked', thrown),
      })
      // Windows ends without asking when it shuts down.
      window.on('session-end', () => application.mark.removeNow())
      watchPage(window, application.notices, exit)
      launchRequests.takeWith(({ args, again }) => {
        const isWanted = application.pendingLinks.ask(args)
        if (again && isWanted) showWindow()
      })
      // The installer's own tool has no way to say it on Windows; elsewhere the package does.
      if (app.isPackaged && process.platform === 'win32') app.setAsDefaultProtocolClient(linkScheme)
      if (!demo) return
      const { runDemo } = await import('./demo.ts')
      exit.code = await runDemo(window, application)
      app.quit()
    },
  }
}

interface Exit {
  code: number
}

/** The place of the window is worth a word only when its file has to stay as it is. */
function tellPlaceTrouble({ unusable }: KeptPlace, notices: Notices): void {
  const what = 'window place'
  if (unusable) notices.add('warning', titleOfUnusable(what, unusable), describeUnusable(unusable))
}

/** The window's title names the socket, as the page does, or else says what is not saved. */
function followTitle(window: BrowserWindow, unsaved: UnsavedFiles): void {
  // It may have come before this is called.
  let own = window.webContents.getTitle() || app.name
  let unsavedTitle: string | null = null
  const show = () => {
    if (!window.isDestroyed()) window.setTitle(unsavedTitle ?? own)
  }
  window.on('page-title-updated', (event, title) => {
    event.preventDefault()
    own = title
    show()
  })
  unsaved.followTitle((title) => {
    unsavedTitle = title
    show()
  })
}

/**
 * Lets everything be written and closed before the process ends. Sockets that linger would hold up `app.exit` as long as
 * they do, so the process is then ended without Electron's own end.
 */
function endWell(dispose: () => Promise<unknown>, lastQuestion: () => Promise<void>, lingers: () => boolean): Exit {
  const exit: Exit = { code: 0 }
  let ending = false
  app.on('will-quit', (event) => {
    if (ending) return
    ending = true
    event.preventDefault()
    const limit = setTimeout(() => {
      logFile.error(`The application did not end within ${shutdownLimitMs} ms`)
      app.exit(exit.code)
    }, shutdownLimitMs)
    dispose()
      .catch((thrown: unknown) => logFile.error('The application did not end cleanly', thrown))
      .then(() => {
        clearTimeout(limit)
        return lastQuestion()
      })
      .catch((thrown: unknown) => logFile.error('What is not saved could not be asked about', thrown))
      .finally(() => (lingers() ? endAtOnce(exit.code) : app.exit(exit.code)))
  })
  return exit
}

/** Who starts the application again wants the window that there is. */
function showWindow(): void {
  const window = BrowserWindow.getAllWindows()[0]
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

/** Loads the page again when it ends unexpectedly, unless it keeps doing so. */
function watchPage(window: BrowserWindow, notices: Notices, exit: Exit): void {
  const mayReload = createCrashLimit(3, 60_000, () => performance.now())
  const onGone = (reason: string) => {
    logFile.error('The page ended', reason)
    if (!mayReload()) return endAfterCrashes(reason, exit)
    // Everything that matters is in the engine, the log and the workspace: a new page shows it again.
    notices.add('warning', 'The window was loaded again', `Its page had ended unexpectedly (${reason}).`)
    loadPage(window).catch((thrown: unknown) => logFile.error('The page could not be loaded again', thrown))
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') onGone(reason)
  })
  // It may have ended before anybody watched.
  if (window.webContents.isCrashed()) onGone('crashed')
}

/** A page that crashes at once each time can show nothing, so the system's own dialog says it. */
function endAfterCrashes(reason: string, exit: Exit): void {
  exit.code = 1
  dialog
    .showMessageBox({ type: 'error', title: app.name, message: `The window keeps crashing (${reason}).` })
    .catch((thrown: unknown) => logFile.error('The crash could not be shown', thrown))
    .finally(() => app.quit())
}
