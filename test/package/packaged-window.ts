import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { expect, vi } from 'vitest'
import { z } from 'zod'
import { readSandboxFacts, sandboxObstacle } from '../../scripts/lib/sandbox.mjs'

/** Switches that Chromium needs on this machine, for an app whose runtime is in `home`. */
export function machineSwitches(home: string): string[] {
  return [...(sandboxObstacle(readSandboxFacts(home)) ? ['--no-sandbox'] : []), '--disable-gpu']
}

/**
 * The packaged app and its window. Its fuses disable the Node.js inspector, so Playwright connects to Chromium's, which
 * shows only the page.
 */
export class PackagedWindow {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async open(executable: string, home: string): Promise<PackagedWindow> {
    const folder = await mkdtemp(join(tmpdir(), 'zeromq-inspector-package-'))
    const args = [...machineSwitches(home), '--remote-debugging-port=0', `--user-data-dir=${folder}`]
    const child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    const inspector = `http://127.0.0.1:${await inspectorPort(child)}`
    await pageIsThere(inspector)
    const browser = await chromium.connectOverCDP(inspector)
    const [context] = browser.contexts()
    if (!context) throw new Error('The packaged app has no window.')
    const page = context.pages()[0] ?? (await context.waitForEvent('page'))
    await page.locator('body[data-app-state="ready"]').waitFor()
    return new PackagedWindow(page, browser, child, folder)
  }

  /** Closes the app like its window's close button, and returns its exit code. */
  async close(): Promise<number | null> {
    const ended = once(this.child, 'exit')
    await this.page.evaluate('window.close()').catch(() => undefined)
    await ended
    await this.browser.close()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
    return this.child.exitCode
  }
}

/** The port of Chromium's inspector, once the app prints it. */
async function inspectorPort(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The packaged app ended at once with code ${code}:\n${said}`)))
    // Keep reading, or the app blocks on a full pipe.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000)
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (port) resolve(port)
    })
  })
}

const targetsSchema = z.array(z.object({ type: z.string(), url: z.string() }))

/** Attaching while a page is being created can wait forever. */
async function pageIsThere(inspector: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const targets = targetsSchema.parse(await (await fetch(`${inspector}/json/list`)).json())
      expect(targets).toContainEqual({ type: 'page', url: 'app://inspector/index.html' })
    },
    { timeout: 20_000 },
  )
}
