import { expect, type Locator, type Page } from '@playwright/test'

/** The latency lab as a person sees it. */
export class LabPage {
  readonly region: Locator
  readonly run: Locator
  readonly start: Locator
  readonly cancel: Locator
  readonly progress: Locator
  readonly results: Locator
  readonly runs: Locator

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Latency lab' })
    this.run = page.getByRole('region', { name: 'Latency run' })
    this.start = this.run.getByRole('button', { name: 'Start run' })
    this.cancel = this.run.getByRole('button', { name: 'Cancel run' })
    this.progress = this.run.getByRole('progressbar', { name: 'Run progress' })
    this.results = page.getByRole('table', { name: 'Results' })
    this.runs = page.getByRole('region', { name: 'Runs' }).getByRole('listitem')
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Latency lab' }).click()
    await expect(this.run).toBeVisible()
  }

  number(name: string): Locator {
    return this.run.getByRole('spinbutton', { name })
  }

  choice(name: string): Locator {
    return this.run.getByRole('combobox', { name })
  }

  /** Chooses what is measured. */
  async measure(what: string): Promise<void> {
    await this.run.getByRole('radiogroup', { name: 'What is measured' }).getByText(what, { exact: true }).click()
  }

  /** Keeps runs short. */
  async setLength(seconds: number): Promise<void> {
    await this.number('Duration').fill(String(seconds))
    await this.number('Warm-up').fill('0')
  }

  /** Starts a run and waits until it is saved. */
  async finish(): Promise<void> {
    const before = await this.runs.count()
    await this.start.click()
    await expect(this.runs).toHaveCount(before + 1, { timeout: 30_000 })
    await expect(this.start).toBeVisible()
  }

  /** A figure of the table, in the column with this index from 0. */
  figure(name: string, column = 0): Locator {
    return this.results
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name, exact: true }) })
      .first()
      .getByRole('cell')
      .nth(column)
  }
}
