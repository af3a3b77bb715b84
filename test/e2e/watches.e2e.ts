import { Publisher } from 'zeromq'
import { expect, test } from './support/app.ts'
import { StreamWindow } from './support/stream-window.ts'

test('a sequence is watched for what is missing, ages for lateness, and the rate for silence', async ({
  inspector,
  page,
}) => {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('SUB', 'connect', publisher.lastEndpoint ?? '')
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  await stream.sendUntilSeen(() => publisher.send(['first', 'there']), stream.row('first'))

  await page.getByRole('tab', { name: 'Watches' }).click()
  const watches = page.getByRole('region', { name: 'Watches' })
  const form = watches.getByRole('form', { name: 'Watch' })
  await expect(watches).toContainText('Watch a sequence to see what is missing')
  await watches.getByRole('button', { name: 'Add a watch' }).click()
  await form.getByRole('textbox', { name: 'Path of the value' }).fill('sequence')
  await form.getByRole('textbox', { name: 'Frame', exact: true }).fill('0')
  await form.getByRole('button', { name: 'Watch' }).click()
  await expect(form).toContainText('"sequence" is no path.')
  await expect(form).toContainText('From 1 to ')
  await form.getByRole('textbox', { name: 'Path of the value' }).fill('$.n')
  await form.getByRole('textbox', { name: 'Frame', exact: true }).fill('2')
  await form.getByRole('textbox', { name: 'Topic begins with' }).fill('price')
  await form.getByRole('button', { name: 'Watch' }).click()
  const item = (kind: string) => watches.getByRole('listitem').filter({ hasText: kind })
  await expect(item('Sequence')).toContainText('no message yet')

  for (const n of [1, 2, 5, 4]) await publisher.send(['prices', JSON.stringify({ n, time: Date.now() + 5000 })])
  await expect(item('Sequence')).toContainText('1 missing in 1 gap · 1 out of order · last 4')
  await expect(watches.getByRole('table', { name: 'What was found' })).toContainText('2 missing: 3 to 4 (prices)')
  await expect(page.getByRole('status', { name: 'Watches with something found' })).toHaveText('1')

  await watches.getByRole('button', { name: 'Add a watch' }).click()
  await form.getByRole('combobox', { name: 'Kind' }).selectOption('Age')
  await expect(form.getByRole('textbox', { name: 'Path of the value' })).toHaveValue('$.time')
  await form.getByRole('textbox', { name: 'Late after, in ms' }).fill('2000')
  await form.getByRole('button', { name: 'Watch' }).click()
  await publisher.send(['prices', JSON.stringify({ n: 6, time: Date.now() + 5000 })])
  await expect(item('Age')).toContainText("The sender's clock is ahead of this one, by ")
  await publisher.send(['prices', JSON.stringify({ n: 7, time: new Date(Date.now() - 10_000).toISOString() })])
  await expect(item('Age')).toContainText('1 late')

  await watches.getByRole('button', { name: 'Add a watch' }).click()
  await form.getByRole('combobox', { name: 'Kind' }).selectOption('Rate alarm')
  await form.getByRole('textbox', { name: 'Silent for, in seconds' }).fill('')
  await form.getByRole('button', { name: 'Watch' }).click()
  await expect(form).toContainText('Write seconds of silence, or a rate, or both.')
  await form.getByRole('textbox', { name: 'Silent for, in seconds' }).fill('0.3')
  await form.getByRole('button', { name: 'Watch' }).click()
  await expect(item('Rate alarm')).toContainText('silent since')
  await publisher.send(['prices', JSON.stringify({ n: 8 })])
  await expect(watches.getByRole('table', { name: 'What was found' })).toContainText('A message again, after ')

  // A value of a message becomes a watch by its menu.
  await stream.row('"n":7').click()
  await stream.message.getByRole('radiogroup', { name: 'Form of reply frame 2' }).getByText('Tree').click()
  await stream.message.getByRole('treeitem', { name: /^n/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Watch as a sequence' }).click()
  await expect(item('Sequence')).toHaveCount(2)
  await publisher.send(['prices', JSON.stringify({ n: 20 })])
  await publisher.send(['prices', JSON.stringify({ n: 22 })])
  await expect(item('Sequence').last()).toContainText('1 missing in 1 gap · last 22')
  await watches
    .getByRole('button', { name: /^Remove Sequence/ })
    .last()
    .click()

  await page.getByRole('tab', { name: 'Events' }).click()
  const events = page.getByRole('region', { name: 'Events' })
  for (const event of ['sequence:gap', 'sequence:reordered', 'alarm:late', 'alarm:silent', 'alarm:heard'])
    await expect(events).toContainText(event)

  await page.getByRole('tab', { name: 'Watches' }).click()
  await watches.getByRole('button', { name: /^Edit Sequence/ }).click()
  await expect(form.getByRole('textbox', { name: 'Path of the value' })).toHaveValue('$.n')
  await form.getByRole('button', { name: 'Cancel' }).click()
  await watches.getByRole('button', { name: /^Remove Sequence/ }).click()
  await expect(item('Sequence')).toHaveCount(0)
  // Opened again, everything begins anew, and what is watched stays.
  await stream.close.click()
  await expect(item('Age')).toContainText('The socket is not open.')
  await expect(item('Age')).toContainText('1 late')
  await stream.open.click()
  await expect(item('Age')).toContainText('no message yet')
  publisher.close()
})
