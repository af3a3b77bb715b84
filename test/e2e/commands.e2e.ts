import { expect, ownTest, test } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

test('the command palette works with the keyboard alone', async ({ inspector, page }) => {
  await inspector.serverEndpoint.fill('tcp://127.0.0.1:*')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await expect(palette.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await page.keyboard.type('echo server')
  await expect(palette.getByRole('option')).toHaveText([
    /Start or stop the echo server/,
    /Setting: Largest message to the echo server/,
  ])
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expect(inspector.serverState).toHaveAttribute('title', /Listening on/)
  // Words that match no command.
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await page.keyboard.type('zzz')
  await expect(palette).toContainText('Nothing matches.')
  await page.keyboard.press('Enter')
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  // Arrow keys wrap around.
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(palette.getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
})

test('shortcuts work wherever the focus is', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.endpoint.focus()
  await page.keyboard.press('Control+Enter')
  await expect(inspector.roundTrip).toHaveText(/\d/)
  await page.keyboard.press('Control+n')
  const items = inspector.connections.getByRole('listitem')
  await expect(items).toHaveCount(2)
  await expect(items.nth(1).locator('[aria-current]')).toHaveCount(1)
  await page.keyboard.press('Control+PageUp')
  await expect(items.first().locator('[aria-current]')).toHaveCount(1)
  await page.keyboard.press('Control+1')
  await expect(inspector.frame(1)).toBeFocused()
  await page.keyboard.press('Control+2')
  await expect(inspector.replyView(1)).toBeFocused()
  await page.keyboard.press('Control+l')
  await expect(inspector.endpoint).toBeFocused()
  await page.keyboard.press('Control+Shift+f')
  await expect(page.getByRole('textbox', { name: 'Filter log' })).toBeFocused()
  await page.keyboard.press('Control+3')
  await expect(page.getByRole('tab', { name: 'Latency' })).toBeFocused()
  await page.keyboard.press('Control+Shift+l')
  await expect(new LabPage(page).run).toBeVisible()
  // From the lab, going to the request closes the lab.
  await page.keyboard.press('Control+1')
  await expect(inspector.frame(1)).toBeFocused()
  await page.keyboard.press('Control+Shift+s')
  await expect(inspector.serverState).toHaveAttribute('title', 'Stopped')
})

test('zoom has shortcuts and can be reset', async ({ inspector, page }) => {
  const width = () => page.evaluate(() => innerWidth)
  await expect(inspector.send).toBeVisible()
  const actual = await width()
  await page.keyboard.press('Control+=')
  await expect.poll(width).toBeLessThan(actual)
  await page.keyboard.press('Control+0')
  await expect.poll(width).toBe(actual)
  await page.keyboard.press('Control+-')
  await expect.poll(width).toBeGreaterThan(actual)
  await page.keyboard.press('Control+0')
  await expect.poll(width).toBe(actual)
})

ownTest('the window can be zoomed and closed while a dialog is open', async ({ start }) => {
  const { running, inspector } = await start()
  const { page } = inspector
  const width = () => page.evaluate(() => innerWidth)
  const actual = await width()
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('region', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Control+=')
  await expect.poll(width).toBeLessThan(actual)
  await page.keyboard.press('Control+0')
  await expect.poll(width).toBe(actual)
  // No other command runs behind the dialog.
  await page.keyboard.press('Control+n')
  await expect(inspector.connections.getByRole('listitem', { includeHidden: true })).toHaveCount(1)
  const ended = running.app.waitForEvent('close')
  await running.app.evaluate(({ Menu }) => {
    for (const { submenu } of Menu.getApplicationMenu()?.items ?? []) {
      submenu?.items.find(({ label }) => label === 'Quit')?.click()
    }
  })
  await ended
  await running.close()
})

test('find searches the reply in every view', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  await page.getByRole('tab', { name: 'Latency' }).focus()
  await page.keyboard.press('Control+f')
  await expect(inspector.replyFrame(1).getByRole('textbox', { name: 'Find' })).toBeFocused()
  await inspector.replyView(1).selectOption({ label: 'Hex' })
  await page.getByRole('tab', { name: 'Latency' }).focus()
  await page.keyboard.press('Control+f')
  const field = page.getByRole('textbox', { name: 'Find in reply frame 1' })
  await expect(field).toBeFocused()
  await page.keyboard.type('world')
  await expect(page.getByRole('status', { name: 'Places found' })).toHaveText('1 of 1')
  // With the bar open, the shortcut moves the focus back into it.
  await inspector.send.focus()
  await page.keyboard.press('Control+f')
  await expect(field).toBeFocused()
})

test('a command makes the reply the request, or says that there is none', async ({ inspector, page }) => {
  const run = async (words: string) => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
  }
  await run('use the reply')
  const option = page.getByRole('option', { name: 'Use the reply as the request' })
  await expect(option).toBeDisabled()
  await expect(option).toContainText('There is no reply yet.')
  await page.keyboard.press('Escape')
  await inspector.startAndPoint()
  await inspector.exchange()
  await inspector.frame(1).fill('changed since')
  await run('use the reply')
  await expect(inspector.frame(1)).toHaveText('Hello world!')
  await run('remove the socket')
  await expect(inspector.endpoint).toHaveValue('tcp://127.0.0.1:25933')
})

test('a socket that only receives is not opened to send', async ({ inspector, page }) => {
  await inspector.addSocket('SUB')
  const state = page.getByRole('status', { name: 'Socket state' })
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await expect(palette.getByRole('option').first()).toBeEnabled()
  await page.keyboard.type('send')
  await page.keyboard.press('Enter')
  await expect(palette.getByRole('option', { name: /^Send/ })).toContainText('A SUB only receives.')
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  const alert = page.getByRole('region', { name: 'Socket', exact: true }).getByRole('alert')
  await expect(alert).toContainText('A SUB only receives.')
  await expect(state).toHaveText('Closed')
  // So it is while it is open.
  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(state).toHaveText('Open')
  await page.keyboard.press('Control+Enter')
  await expect(alert).toContainText('A SUB only receives.')
})

test('a question mark shows the shortcuts, except in text fields', async ({ inspector, page }) => {
  await inspector.frame(1).focus()
  await page.keyboard.type('?')
  await expect(inspector.frame(1)).toContainText('?')
  await page.getByRole('tab', { name: 'Latency' }).focus()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Ctrl+Enter')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Latency' })).toBeFocused()
})

test('About shows the versions and copies them', async ({ app, page }) => {
  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help')
    const about = help?.submenu?.items.find(({ label }) => label === 'About ZeroMQ Inspector')
    if (!about) throw new Error('The menu has no About.')
    about.click()
  })
  const about = page.getByRole('dialog', { name: 'About ZeroMQ Inspector' })
  for (const name of ['ZeroMQ Inspector', 'Electron', 'Chromium', 'Node.js', 'zeromq.js', 'libzmq']) {
    await expect(about.getByText(name, { exact: true })).toBeVisible()
  }
  await about.getByRole('button', { name: 'Copy' }).click()
  await expect(about.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^ZeroMQ Inspector .*\nElectron /)
})

test('the menu has every command, with its shortcut', async ({ app, inspector }) => {
  const labels = await app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
      (submenu?.items ?? []).map(({ label, accelerator }) => `${label} ${accelerator ?? ''}`.trim()),
    ),
  )
  expect(labels).toEqual(
    expect.arrayContaining(['Send CmdOrCtrl+Enter', 'Command palette CmdOrCtrl+K', 'Settings CmdOrCtrl+,']),
  )
  await app.evaluate(({ Menu }) => {
    for (const { submenu } of Menu.getApplicationMenu()?.items ?? []) {
      submenu?.items.find(({ label }) => label === 'Settings')?.click()
    }
  })
  await expect(inspector.page.getByRole('region', { name: 'Settings' })).toBeVisible()
})

test('the palette goes to sockets and settings, and begins with what was chosen last', async ({ inspector, page }) => {
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const choose = async (text: string) => {
    await page.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox', { name: 'Command' })).toBeFocused()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await expect(palette).toHaveCount(0)
  }
  await inspector.addSocket('PUB')
  await choose('req tcp')
  await expect(inspector.linkState).toBeVisible()
  await choose('font size')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  // The first control has the focus.
  await expect(page.getByRole('radio', { name: 'System', exact: true })).toBeFocused()
  await page.getByRole('textbox', { name: 'Font size of messages' }).fill('20')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(inspector.frame(1)).toHaveCSS('font-size', '20px')
  await choose('high contrast')
  await choose('high contrast')
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('option').first()).toContainText('High contrast on or off')
  await page.keyboard.press('Escape')
})

test('the title of the window names the socket', async ({ app, inspector }) => {
  const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  await inspector.endpoint.fill('tcp://127.0.0.1:1')
  await expect.poll(title).toBe('REQ tcp://127.0.0.1:1 – ZeroMQ Inspector')
})

test('what is explained says so to the pointer and to the focus', async ({ inspector, page }) => {
  const tooltip = page.getByRole('tooltip')
  await inspector.encoding(1).hover()
  await expect(tooltip).toContainText('How a frame’s bytes are shown as text.')
  await page.mouse.move(0, 0)
  await expect(tooltip).toHaveCount(0)
  const latency = page.getByRole('region', { name: 'Latency' })
  await page.getByRole('tab', { name: 'Latency' }).focus()
  await latency.getByText('count', { exact: true }).click()
  await page.keyboard.press('ArrowRight')
  await expect(tooltip).toContainText('No percentile includes them.')
  await page.keyboard.press('Escape')
  await expect(tooltip).toHaveCount(0)
})
