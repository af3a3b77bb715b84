import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { launch, type Running } from './launch.ts'
import { noteOriginals, reset } from './reset.ts'

/** An app that tests use one after the other, each from the same beginning. */
export class SharedApp {
  readonly userData: string
  #running: Running | undefined

  constructor(folder: string) {
    this.userData = join(folder, 'shared-user-data')
  }

  /** The app as it is in a new folder. */
  async begin(): Promise<Running> {
    if (this.#running) {
      await reset(this.#running.app, this.#running.page)
      // What the reset itself ended, such as a request in flight, is no problem of the next test.
      this.#running.problems.forget()
      return this.#running
    }
    await mkdir(this.userData)
    this.#running = await launch(this.userData)
    await noteOriginals(this.#running.app)
    return this.#running
  }

  /** Asserts that nothing went wrong unseen in the test that ends. */
  async end(): Promise<void> {
    if (!this.#running) return
    const { app, page, problems } = this.#running
    // What the last step caused is told before these are answered.
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await app.evaluate(() => undefined)
    expect(problems.all, 'errors that nobody looked for').toEqual([])
    problems.forget()
  }

  async close(): Promise<void> {
    await this.#running?.close()
  }
}
