import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ConsoleMessage, type ElectronApplication, expect, type Page } from '@playwright/test'
import { windowEnvironment } from './display.ts'

/** The project's folder, which names the built entry as Electron asks for. */
export const builtApp = resolve('.')

/** Chromium refuses its sandbox to root, and says so instead of starting. */
export const machineSwitches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** What went wrong without anybody looking: errors of the page, errors and warnings of the main process. */
export interface Problems {
  readonly all: string[]
  /** Marks matching ones as expected by the test. */
  expect(pattern: RegExp): void
  /** Forgets all there were, and what was expected. */
  forget(): void
}

export interface Running {
  readonly app: ElectronApplication
  readonly page: Page
  readonly problems: Problems
  /** Quits, and asserts that the process ended by itself and nothing went wrong unseen. */
  close(): Promise<void>
  /** Ends the process at once, as a power failure would. */
  kill(): Promise<void>
}

/**
 * Chromium itself keeps the style of highlighted text that is typed over, in an inline style, which the page's policy
 * refuses to its benefit. That has no place in the page's file or in a script, unlike any style of the application's own.
 */
function isOfEditing(message: ConsoleMessage): boolean {
  const { url, lineNumber } = message.location()
  return message.text().startsWith('Refused to apply inline style') && url.endsWith('.html') && lineNumber === 0
}

function watch(app: ElectronApplication): Problems {
  const all: string[] = []
  const expected: RegExp[] = []
  const add = (text: string) => all.push(text)
  app.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') add(`main process: ${message.text()}`)
  })
  const watchPage = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error' && !isOfEditing(message)) add(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => add(`page: ${error.message}`))
  }
  for (const page of app.windows()) watchPage(page)
  app.on('window', watchPage)
  return {
    get all() {
      return all.filter((text) => !expected.some((pattern) => pattern.test(text)))
    },
    expect: (pattern) => expected.push(pattern),
    forget() {
      all.length = 0
      expected.length = 0
    },
  }
}

/** Waits for the window and for what is loaded behind it. */
export async function waitUntilUsable(page: Page): Promise<void> {
  await expect(page.locator('body')).toHaveAttribute('data-app-state', 'ready', { timeout: 20_000 })
  await page.evaluate(() => window.inspector.call('app.versions', undefined))
}

/**
 * Evaluates again where the protocol lost the answer: V8 holds an answer weakly while it is on its way, and may collect
 * it ("Resulting promise was garbage collected", playwright#33737). What ran by then runs twice.
 */
function askAgain(app: ElectronApplication): void {
  app.evaluate = new Proxy(app.evaluate, {
    async apply(evaluate, self, input) {
      try {
        return await Reflect.apply(evaluate, self, input)
      } catch (error) {
        if (!String(error).includes('promise was garbage collected')) throw error
        return await Reflect.apply(evaluate, self, input)
      }
    },
  })
}

/**
 * Starts the built app with its own user data and waits until it can be used. Electron runs `modules` before it, as its
 * switch -r says.
 */
export async function launch(userData: string, modules: readonly string[] = []): Promise<Running> {
  const before = modules.flatMap((module) => ['-r', module])
  const app = await _electron.launch({
    args: [...machineSwitches, '--disable-gpu', `--user-data-dir=${userData}`, ...before, builtApp],
    env: windowEnvironment(),
  })
  askAgain(app)
  const problems = watch(app)
  const child = app.process()
  // Collected to be shown when the app does not end well: only there does a crash leave a word.
  let errors = ''
  child.stderr?.on('data', (data: Buffer) => {
    errors = `${errors}${data.toString()}`.slice(-4000)
  })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const page = await app.firstWindow()
  await waitUntilUsable(page)
  let ended = false
  return {
    app,
    page,
    problems,
    async close() {
      if (ended) return
      ended = true
      await app.close()
      await exited
      const end = { code: child.exitCode, signal: child.signalCode }
      expect(end, `how the app ended\n${errors}`).toEqual({ code: 0, signal: null })
      expect(problems.all, 'errors that nobody looked for').toEqual([])
    },
    async kill() {
      if (ended) return
      ended = true
      child.kill('SIGKILL')
      await exited
    },
  }
}

export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zeromq-inspector-e2e-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
