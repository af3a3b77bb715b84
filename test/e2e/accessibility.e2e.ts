import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { type Rules, violations } from './support/axe.ts'
import { LabPage } from './support/lab-page.ts'
import { StreamWindow } from './support/stream-window.ts'

// axe takes some seconds for each screen.
test.describe.configure({ timeout: 150_000 })

const schemes = ['light', 'dark'] as const

/** Checks a screen in both themes: by all rules in the light one, unless told otherwise, and by those on colours in both. */
const checkIn =
  (page: Page) =>
  async (what: string, rules: Rules = 'all'): Promise<void> => {
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
      const found = await violations(page, scheme === 'light' ? rules : 'colours')
      expect.soft(found, `${what}, ${scheme}`).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

test('the window passes axe in both themes', async ({ inspector, page }) => {
  const check = checkIn(page)
  await inspector.page.getByRole('button', { name: 'Settings' }).click()
  await check('settings')
  await inspector.page.getByRole('button', { name: 'Close settings' }).click()
  await check('fresh window')
  for (const [keys, name] of [
    ['Control+k', 'Command palette'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await inspector.page.getByRole('tab', { name: 'Latency' }).focus()
    await inspector.page.keyboard.press(keys)
    await expect(inspector.page.getByRole('dialog', { name })).toBeVisible()
    await check(name)
    await inspector.page.keyboard.press('Escape')
    await expect(inspector.page.getByRole('dialog')).toHaveCount(0)
  }

  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"a": [1, true, null]}')
  await inspector.exchange()
  await inspector.replyFrame(1).getByText('Tree', { exact: true }).click()
  await expect(inspector.statistic('count')).toHaveText('1')
  await check('after an exchange')
  await inspector.page.getByRole('button', { name: 'Actions for reply frame 1', exact: true }).click()
  await inspector.page.getByRole('menuitem', { name: 'Find…' }).click()
  await inspector.replyFrame(1).locator('summary').click()
  await check('find and data inspector')
  await inspector.page.getByRole('button', { name: 'What reply frame 1 could be' }).click()
  await expect(inspector.page.getByRole('button', { name: /^Hex/ })).toBeVisible()
  await check('suggestions')
  await inspector.page.keyboard.press('Escape')
  await inspector.replyView(1).selectOption({ label: 'Protobuf' })
  await inspector.replyFrame(1).getByRole('button', { name: 'Schemas…' }).click()
  await expect(inspector.page.getByRole('dialog')).toBeVisible()
  await check('schemas')
  await inspector.page.keyboard.press('Escape')
  await expect(inspector.page.getByRole('dialog')).toHaveCount(0)
  await inspector.replyView(1).selectOption({ label: 'Hex' })
  await inspector.openTab('Log')
  await check('log')
  await inspector.openTab('Events')
  await check('events')
  await inspector.page.getByRole('button', { name: 'Socket options' }).click()
  await expect(inspector.page.getByRole('checkbox', { name: 'IPv6' })).toBeVisible()
  await check('options')
  await inspector.page.keyboard.press('Escape')

  await inspector.connection.getByRole('button', { name: 'Disconnect' }).click()
  await inspector.endpoint.fill('nonsense')
  await inspector.send.click()
  await inspector.frame(1).fill('{"a": ]}')
  await inspector.stopButton.click()
  await inspector.serverEndpoint.fill('nonsense')
  await inspector.startButton.click()
  await expect(inspector.alert).toHaveCount(3)
  await check('errors')
})

test('the latency lab passes axe in both themes', async ({ inspector, page }) => {
  const check = checkIn(page)
  await inspector.startAndPoint()
  const lab = new LabPage(page)
  await lab.open()
  await check('empty lab')
  await lab.setLength(0.2)
  await lab.finish()
  await lab.finish()
  await lab.runs.nth(1).getByRole('checkbox').check()
  await check('lab with two runs')
  await lab.runs
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click()
  await check('asking before a run is deleted')
  await page.keyboard.press('Escape')
  await lab.setLength(600)
  await lab.start.click()
  await expect(lab.progress).toBeVisible()
  await check('lab at work')
  await lab.cancel.click()
  await lab.number('Concurrency').fill('0')
  await check('lab with a field at fault')
  await page.getByRole('button', { name: 'Close latency lab' }).click()
})

test('the first echo needs only the keyboard', async ({ inspector, page }) => {
  const pressUntil = async (key: string, name: string, role: 'button' | 'combobox' | 'textbox') => {
    const target = page.getByRole(role, { name, exact: true })
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press(key)
    }
    throw new Error(`${key} does not lead to ${name}`)
  }
  await pressUntil('Tab', 'Server endpoint', 'textbox')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('tcp://127.0.0.1:*')
  await page.keyboard.press('Enter')
  const endpoint = await inspector.listeningOn()
  await pressUntil('Tab', 'Endpoint', 'combobox')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(endpoint)
  await pressUntil('Tab', 'Frame 1', 'textbox')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('typed')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(inspector.replyFrame(1)).toContainText('typed')
  await pressUntil('Shift+Tab', 'Send', 'button')
  await page.keyboard.press('Enter')
  await expect(inspector.statistic('count')).toHaveText('2')
})

test('high contrast and help dialogs pass axe in both themes', async ({ inspector, page }) => {
  const check = checkIn(page)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radiogroup', { name: 'Contrast' }).getByText('High').click()
  await check('settings', 'colours')
  await page.getByRole('button', { name: 'Close settings' }).click()
  await check('fresh window with the tour')
  for (const name of ['Glossary', 'About ZeroMQ Inspector']) {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused()
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await check(name)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.statistic('count')).toHaveText('1')
  await check('after an exchange', 'colours')
  await inspector.moreWaysToSend('Repeat…')
  await expect(page.getByRole('button', { name: 'Start repeating' })).toBeVisible()
  await check('repeat')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Actions for frame 1', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible()
  await check('menu of a frame')
  await page.keyboard.press('Escape')
  await inspector.replyView(1).selectOption({ label: 'Hex' })
  await inspector.openTab('Log')
  await check('log', 'colours')
})

test('screen readers hear the outcome of a request', async ({ inspector, page }) => {
  const said = page.getByRole('status', { name: 'What became of the request' })
  await expect(said).toHaveText('')
  await inspector.startAndPoint()
  await expect(inspector.serverState).toHaveAttribute('title', /^Listening on/)
  await inspector.exchange()
  await expect(said).toHaveText(/^Reply: 1 frame, 12 B, identical to the request, round trip [\d.]+ (µs|ms)\.$/)
  await inspector.stopButton.click()
  await expect(inspector.serverState).toHaveAttribute('title', 'Stopped')
  await inspector.limitTime('0.2')
  await inspector.send.click()
  await expect(inspector.reply.getByRole('alert')).toBeVisible()
  await expect(said).toHaveText('')
})

test('sockets of other types pass axe in both themes', async ({ inspector, page }) => {
  const check = checkIn(page)
  const stream = new StreamWindow(inspector)
  await page.getByRole('button', { name: 'New socket' }).click()
  await expect(page.getByRole('menuitem', { name: 'SUB', exact: true })).toBeVisible()
  await check('the menu of types')
  await page.keyboard.press('Escape')
  const endpoint = await stream.add('ROUTER', 'bind')
  await stream.add('DEALER', 'connect', endpoint)
  await inspector.send.click()
  await stream.row('Hello world!').click()
  await expect(stream.message.getByRole('group', { name: 'Reply frame 1' })).toBeVisible()
  await check('a DEALER with a message')
  await stream.show('ROUTER')
  await stream.peer.fill('nobody')
  await inspector.send.click()
  await expect(inspector.alert).toBeVisible()
  await check('a ROUTER whose peer is not there')
  await stream.add('SUB', 'bind')
  await check('a SUB')
})
