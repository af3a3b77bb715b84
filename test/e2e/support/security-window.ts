import type { Locator, Page } from '@playwright/test'

/** How the socket that is shown is secured, as a person sees it. */
export class SecurityWindow {
  readonly kind: Locator
  readonly settings: Locator
  readonly userName: Locator
  readonly password: Locator
  readonly serverKey: Locator
  readonly newKeyPair: Locator
  readonly ownKey: Locator
  readonly admits: Locator
  readonly clients: Locator
  readonly authentication: Locator
  readonly waiting: Locator
  readonly decisions: Locator

  constructor(readonly page: Page) {
    this.kind = page.getByRole('combobox', { name: 'Security' })
    this.settings = page.getByRole('region', { name: 'Security settings' })
    this.userName = page.getByRole('textbox', { name: 'User name' })
    this.password = page.getByRole('textbox', { name: 'Password' })
    this.serverKey = page.getByRole('textbox', { name: 'Server public key' })
    this.newKeyPair = page.getByRole('button', { name: 'New key pair' })
    this.ownKey = page.getByRole('status', { name: 'Own public key' })
    this.admits = page.getByRole('combobox', { name: 'Who may come in' })
    this.clients = page.getByRole('list', { name: 'Allowed clients' })
    this.authentication = page.getByRole('region', { name: 'Authentication' })
    this.waiting = this.authentication.getByRole('list', { name: 'Clients that wait' })
    this.decisions = this.authentication.getByRole('list', { name: 'Decisions' })
  }

  /** Chooses from the menu of the key pair. */
  async more(item: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More about the key pair' }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }
}
