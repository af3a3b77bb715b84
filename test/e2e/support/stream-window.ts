import { expect, type Locator, type Page } from '@playwright/test'
import type { InspectorWindow } from './inspector-window.ts'

/** A socket that is no REQ, as a person sees it. */
export class StreamWindow {
  readonly open: Locator
  readonly close: Locator
  readonly state: Locator
  readonly endpoints: Locator
  readonly subscriptions: Locator
  readonly newSubscription: Locator
  readonly subscribe: Locator
  readonly peer: Locator
  readonly messages: Locator
  readonly list: Locator
  readonly message: Locator
  readonly subscribers: Locator
  readonly receiveRate: Locator

  constructor(
    readonly inspector: InspectorWindow,
    readonly page: Page = inspector.page,
  ) {
    this.open = page.getByRole('button', { name: 'Open', exact: true })
    this.close = page.getByRole('button', { name: 'Close', exact: true })
    this.state = page.getByRole('status', { name: 'Socket state' })
    this.endpoints = page.getByRole('list', { name: 'Endpoints' })
    this.subscriptions = page.getByRole('list', { name: 'Subscriptions' })
    this.newSubscription = page.getByRole('textbox', { name: 'New subscription' })
    this.subscribe = page.getByRole('button', { name: 'Subscribe', exact: true })
    this.peer = page.getByRole('combobox', { name: 'Send to peer' })
    this.messages = page.getByRole('region', { name: 'Messages' })
    this.list = this.messages.getByRole('grid', { name: 'Message list' })
    this.message = page.getByRole('region', { name: 'Message', exact: true })
    this.subscribers = page.getByRole('status', { name: 'Subscribers' })
    this.receiveRate = page.getByRole('status', { name: 'Receive rate' })
  }

  endpoint(number: number): Locator {
    return this.page.getByRole('combobox', { name: number === 1 ? 'Endpoint' : `Endpoint ${number}`, exact: true })
  }

  how(number: number): Locator {
    const name = number === 1 ? 'Bind or connect' : `Bind or connect ${number}`
    return this.page.getByRole('combobox', { name, exact: true })
  }

  /** The rows of messages, the oldest first. */
  row(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text })
  }

  /** Adds a socket that binds or connects, and opens it. Returns its endpoint, resolved where it is bound. */
  async add(type: string, how: 'bind' | 'connect', endpoint = 'tcp://127.0.0.1:*'): Promise<string> {
    await this.inspector.addSocket(type)
    await this.how(1).selectOption(how)
    await this.endpoint(1).fill(endpoint)
    await this.open.click()
    await expect(this.state).toHaveText('Open')
    if (how === 'bind') await expect(this.endpoint(1)).not.toHaveValue(/\*/)
    return this.endpoint(1).inputValue()
  }

  /** Sends again and again until the first message is seen: a subscription takes a moment to arrive at a publisher. */
  async sendUntilSeen(send: () => unknown, seen: Locator): Promise<void> {
    await expect(async () => {
      await send()
      await expect(seen.first()).toBeVisible({ timeout: 200 })
    }).toPass()
  }

  /** Shows the socket of a type, of which there is one. */
  async show(type: string): Promise<void> {
    await this.inspector.connections.getByRole('button', { name: new RegExp(`\\b${type}\\b`) }).click()
    await expect(this.page.getByRole('combobox', { name: 'Socket type' })).toHaveValue(type.toLowerCase())
  }
}
