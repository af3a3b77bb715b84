import { readFile } from 'node:fs/promises'
import { _electron, type ElectronApplication, type JSHandle, type Page } from '@playwright/test'
import type { WebContents } from 'electron'
import { z } from 'zod'
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { eventChannel } from '../../../src/shared/channels.ts'
import { type Application, machineSwitches } from './electron.ts'

const startLimitMs = 30_000
const deliveryLimitMs = 30_000

const markSchema = z.object({ events: z.number(), outOfOrder: z.number() })

export interface Delivery {
  readonly sent: number
  readonly received: number
  readonly outOfOrder: number
  /** From sending the first mark to the arrival of the last. */
  readonly elapsedNs: number
}

interface WindowFiles {
  /** The application's folder. */
  readonly folder: string
  readonly userData: string
  readonly preload: string
  /** The counting script. */
  readonly counter: string
}

/** Stored in the main process: how many events were sent to the window, and a function to send more. */
export interface Sending {
  events: number
  readonly contents: WebContents
}

/** A window whose page counts the events it receives, while the main process counts those it sends. */
export class CountingWindow {
  #marks = 0

  private constructor(
    readonly app: ElectronApplication,
    readonly page: Page,
    readonly sending: JSHandle<Sending>,
  ) {}

  static async open(application: Application, files: WindowFiles): Promise<CountingWindow> {
    const { folder, userData, preload, counter } = files
    const ownPreload = application === 'blank' ? [`--bench-preload=${preload}`] : []
    const app = await _electron.launch({
      args: [...machineSwitches, `--user-data-dir=${userData}`, ...ownPreload, folder],
    })
    const page = await app.firstWindow()
    await page.waitForSelector('body[data-app-state="ready"]', { state: 'attached', timeout: startLimitMs })
    await page.evaluate(await readFile(counter, 'utf8'))
    const sending = await app.evaluateHandle(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) throw new Error('there is no window')
      const sending = { events: 0, contents }
      const send = contents.send.bind(contents)
      contents.send = (channel: string, ...args: unknown[]) => {
        const [events] = args
        if (Array.isArray(events)) sending.events += events.length
        send(channel, ...args)
      }
      return sending
    })
    return new CountingWindow(app, page, sending)
  }

  /** Counts at both ends while `act` runs, between two marks that both ends see. */
  async count(act: () => Promise<void>): Promise<Delivery> {
    const start = monotonicNanoseconds()
    const first = await this.#mark()
    await act()
    const last = await this.#mark()
    return {
      sent: last.sent - first.sent,
      received: last.events - first.events,
      outOfOrder: last.outOfOrder - first.outOfOrder,
      elapsedNs: monotonicNanoseconds() - start,
    }
  }

  /** Calls the application as its own page does. Throws when it answers with an error. */
  async call(name: string, input: unknown): Promise<unknown> {
    const answer = z
      .object({ ok: z.boolean(), value: z.unknown(), error: z.unknown().optional() })
      .parse(await this.page.evaluate(`inspector.call('${name}', ${JSON.stringify(input)})`))
    if (!answer.ok) throw new Error(`${name} failed: ${JSON.stringify(answer.error)}`)
    return answer.value
  }

  close(): Promise<void> {
    return this.app.close()
  }

  async #mark(): Promise<{ sent: number; events: number; outOfOrder: number }> {
    const index = this.#marks
    this.#marks += 1
    const sent = await this.sending.evaluate(({ events, contents }, channel) => {
      contents.send(channel, [])
      return events
    }, eventChannel)
    const mark = markSchema.parse(await this.page.evaluate(`benchMark(${index}, ${deliveryLimitMs})`))
    return { sent, ...mark }
  }
}
