import type { ElectronApplication } from '@playwright/test'
import { expect, ownTest } from './support/app.ts'

/** Has the window's files whose names begin with `name` fail to load, as without file descriptors; null for none. */
const failToLoad = (app: ElectronApplication, name: string | null): Promise<void> =>
  app.evaluate(({ session }, failing) => {
    session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
      answer({ cancel: failing !== null && url.includes(`/assets/${failing}`) }),
    )
  }, name)

ownTest('a part that fails to load leaves the tabs usable, and comes with another page', async ({ running }) => {
  const { app, page, problems } = running
  problems.expect(/Failed to load resource|Unable to preload|Failed to fetch/)
  await failToLoad(app, 'filtered-log')
  await page.getByRole('tab', { name: 'Log' }).click()
  const alert = page.getByRole('tabpanel', { name: 'Log' }).getByRole('alert')
  await expect(alert).toContainText('The log cannot be shown')
  await page.getByRole('tab', { name: 'Latency' }).click()
  await expect(page.getByRole('region', { name: 'Latency', exact: true })).toBeVisible()

  await failToLoad(app, null)
  await page.getByRole('tab', { name: 'Log' }).click()
  await alert.getByRole('button', { name: 'Reload the window' }).click({ noWaitAfter: true })
  await expect(alert).toHaveCount(0)
  await page.getByRole('tab', { name: 'Log' }).click()
  await expect(page.getByRole('region', { name: 'Log', exact: true })).toBeVisible()
})
