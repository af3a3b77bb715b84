import { expect, type Locator, type Page } from '@playwright/test'

/** The window as a person sees it: every control by its accessible name. */
export class InspectorWindow {
  readonly serverEndpoint: Locator
  readonly startButton: Locator
  readonly stopButton: Locator
  readonly serverState: Locator
  readonly server: Locator
  readonly connection: Locator
  readonly connections: Locator
  readonly endpoint: Locator
  readonly timeout: Locator
  readonly linkState: Locator
  readonly request: Locator
  readonly send: Locator
  readonly cancel: Locator
  readonly addFrame: Locator
  readonly notSent: Locator
  readonly reply: Locator
  readonly roundTrip: Locator
  readonly alert: Locator

  constructor(readonly page: Page) {
    this.server = page.getByRole('region', { name: 'Echo server' })
    this.serverEndpoint = page.getByRole('textbox', { name: 'Server endpoint' })
    this.startButton = page.getByRole('button', { name: 'Start server' })
    this.stopButton = page.getByRole('button', { name: 'Stop server' })
    this.serverState = page.getByRole('status', { name: 'Server state' })
    this.connection = page.getByRole('region', { name: 'Connection', exact: true })
    this.connections = page.getByRole('region', { name: 'Sockets', exact: true })
    this.endpoint = page.getByRole('combobox', { name: 'Endpoint', exact: true })
    this.timeout = page.getByRole('textbox', { name: 'Timeout in seconds' })
    this.linkState = page.getByRole('status', { name: 'Link state' })
    this.request = page.getByRole('region', { name: 'Request' })
    this.send = page.getByRole('button', { name: 'Send', exact: true })
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true })
    this.addFrame = page.getByRole('button', { name: 'Add frame' })
    this.notSent = page.getByRole('status', { name: 'Not sent' })
    this.reply = page.getByRole('region', { name: 'Reply', exact: true })
    this.roundTrip = page.getByRole('status', { name: 'Round trip' })
    this.alert = page.getByRole('alert')
  }

  /** Adds a socket of a type, such as `SUB`, and shows it. */
  async addSocket(type: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New socket' }).click()
    await this.page.getByRole('menuitem', { name: type, exact: true }).click()
    await expect(this.page.getByRole('combobox', { name: 'Socket type' })).toHaveValue(type.toLowerCase())
  }

  frame(number: number): Locator {
    return this.page.getByRole('textbox', { name: `Frame ${number}`, exact: true })
  }

  requestFrame(number: number): Locator {
    return this.page.getByRole('group', { name: `Request frame ${number}`, exact: true })
  }

  encoding(number: number): Locator {
    return this.page.getByRole('combobox', { name: `Encoding of frame ${number}`, exact: true })
  }

  replyFrame(number: number): Locator {
    return this.reply.getByRole('group', { name: `Reply frame ${number}`, exact: true })
  }

  replyView(number: number): Locator {
    return this.page.getByRole('combobox', { name: `View reply frame ${number} as`, exact: true })
  }

  /** Shows the figures of the server, which runs. */
  async showServerFigures(): Promise<void> {
    await this.page.getByRole('button', { name: 'Server figures' }).click()
    await expect(this.serverFigure('Echoed')).toBeVisible()
  }

  /** A figure of the server by name, such as `Peers`. */
  serverFigure(name: string): Locator {
    return this.server.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]')
  }

  statistic(name: string): Locator {
    return this.page.getByRole('region', { name: 'Latency' }).getByLabel(name, { exact: true })
  }

  /** Starts the server on a port that the system chooses; returns its endpoint. */
  async startServer(endpoint = 'tcp://127.0.0.1:*'): Promise<string> {
    await this.serverEndpoint.fill(endpoint)
    await this.startButton.click()
    return this.listeningOn()
  }

  async listeningOn(): Promise<string> {
    await expect(this.serverState).toHaveAttribute('title', /^Listening on \S+$/)
    return ((await this.serverState.getAttribute('title')) ?? '').replace('Listening on ', '')
  }

  /** Starts the server and points the active connection at it. */
  async startAndPoint(): Promise<string> {
    const endpoint = await this.startServer()
    await this.endpoint.fill(endpoint)
    return endpoint
  }

  /** Presses Send and waits for the reply: another than the one that is shown, whose bytes may be the same. */
  async exchange(): Promise<void> {
    const record = this.page.getByRole('region', { name: 'Reply', exact: true }).locator('[data-record]')
    const former = (await record.count()) > 0 ? await record.getAttribute('data-record') : null
    await this.send.click()
    if (former !== null) await expect(record).not.toHaveAttribute('data-record', former)
    await expect(this.roundTrip).toHaveText(/\d/)
  }

  /** Composes a message with one frame per text. */
  async compose(...texts: readonly string[]): Promise<void> {
    for (const [index, text] of texts.entries()) {
      if (index > 0) await this.addFrame.click()
      await this.frame(index + 1).fill(text)
    }
  }

  async frameAction(number: number, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for frame ${number}`, exact: true }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  /** The bytes of a reply frame as its hex view shows them; '' for an empty frame. */
  async replyHex(number: number): Promise<string> {
    await this.replyView(number).selectOption({ label: 'Hex' })
    const frame = this.replyFrame(number)
    const bytes = frame.getByRole('region', { name: `Bytes of reply frame ${number}` })
    const empty = frame.getByText('An empty frame (0 B).')
    await expect(
      bytes
        .getByText(/^[0-9a-f]{6} {2}/)
        .or(empty)
        .first(),
    ).toBeVisible()
    if (await empty.isVisible()) return ''
    const rows = await bytes.getByText(/^[0-9a-f]{6} {2}/).allTextContents()
    return rows.map((row) => /^[0-9a-f]{6} {2}((?:[0-9a-f]{2} )*[0-9a-f]{2})/.exec(row)?.[1] ?? row).join(' ')
  }

  async openTab(name: 'Latency' | 'Log' | 'Events'): Promise<Locator> {
    await this.page.getByRole('tab', { name }).click()
    const region = this.page.getByRole('region', { name, exact: true })
    await expect(region).toBeVisible()
    return region
  }

  /** Makes the connection to `endpoint` the active one. */
  async choose(endpoint: string): Promise<void> {
    await this.connections.getByTitle(endpoint, { exact: true }).click()
    await expect(this.endpoint).toHaveValue(endpoint)
  }

  /** Opens what else can be done than Send, and presses a button there. */
  async moreWaysToSend(button: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More ways to send' }).click()
    await this.page.getByRole('dialog', { name: 'More ways to send' }).getByRole('button', { name: button }).click()
  }

  /** Limits the time of a reply, in seconds. */
  async limitTime(seconds: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More ways to send' }).click()
    await this.timeout.fill(seconds)
    await this.page.keyboard.press('Escape')
    await expect(this.timeout).toHaveCount(0)
  }

  /** Expects the time limit that the window shows, such as `5 s`. */
  async expectTimeLimit(shown: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More ways to send' }).click()
    await expect(this.timeout).toHaveValue(shown)
    await this.page.keyboard.press('Escape')
    await expect(this.timeout).toHaveCount(0)
  }

  /** Sends the message `count` times, or until stopped. */
  async repeat({ count, intervalMs = 0 }: { count: number | null; intervalMs?: number }): Promise<void> {
    const { page } = this
    await this.moreWaysToSend('Repeat…')
    if (count === null) await page.getByRole('checkbox', { name: 'Until I stop' }).check()
    else await page.getByRole('textbox', { name: 'Number of sends' }).fill(`${count}`)
    await page.getByRole('textbox', { name: 'Interval' }).fill(`${intervalMs}`)
    await page.getByRole('button', { name: 'Start repeating' }).click()
  }

  async chooseTheme(theme: 'System' | 'Light' | 'Dark'): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click()
    await this.page.getByRole('radiogroup', { name: 'Theme' }).getByText(theme, { exact: true }).click()
    await this.page.getByRole('button', { name: 'Close settings' }).click()
    await expect(this.page.getByRole('dialog')).toHaveCount(0)
  }
}
