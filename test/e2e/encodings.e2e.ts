import { expect, test } from './support/app.ts'

const encodings: readonly (readonly [label: string, text: string, hex: string])[] = [
  ['Text', 'Grüße', '47 72 c3 bc c3 9f 65'],
  ['JSON', '{"a": 1.50}', '7b 22 61 22 3a 20 31 2e 35 30 7d'],
  ['MessagePack', '{"a": [1, -1]}', '81 a1 61 92 01 ff'],
  ['CBOR', '{"a": [1, -1]}', 'a1 61 61 82 01 20'],
  ['Hex', 'de ad:be,EF', 'de ad be ef'],
  ['Base64', 'AAEC/w==', '00 01 02 ff'],
  ['Z85', 'HelloWorld', '86 4f d2 6f b5 59 f7 5b'],
]

test('each encoding puts its own bytes on the wire', async ({ inspector }) => {
  await inspector.startAndPoint()
  for (const [label, text, hex] of encodings) {
    await inspector.encoding(1).selectOption({ label })
    await inspector.frame(1).fill(text)
    await inspector.exchange()
    // The reply of before may still be there.
    await expect.poll(() => inspector.replyHex(1), label).toBe(hex)
    await expect(inspector.reply).toContainText('identical to the request')
  }
})

const faults: readonly (readonly [label: string, text: string, position: string, marked: string])[] = [
  ['JSON', '{"a": ]}', 'Column 7: ', ']'],
  ['JSON', '{\n  "a" 1\n}', 'Line 2, column 7: ', '1'],
  ['MessagePack', '[1,,2]', 'Column 4: ', ','],
  ['CBOR', '[1,,2]', 'Column 4: ', ','],
  ['Hex', 'de zz', 'Column 4: ', 'z'],
  ['Base64', 'AQ!D', 'Column 3: ', '!'],
  ['Z85', 'Hello"orld', 'Column 6: ', '"'],
]

test('an error is marked in the text, and Send does not send', async ({ inspector }) => {
  await inspector.startAndPoint()
  for (const [label, text, position, marked] of faults) {
    await inspector.encoding(1).selectOption({ label })
    await inspector.frame(1).fill(text)
    await expect(inspector.requestFrame(1).getByRole('alert')).toContainText(position)
    await expect(inspector.frame(1).locator('.cm-lintRange-error')).toContainText(marked)
    await expect(inspector.request).toContainText('1 frame, not valid')
    await inspector.send.click()
    await expect(inspector.notSent).toHaveText('Not sent: frame 1 is not valid.')
    await expect(inspector.frame(1)).toBeFocused()
    await expect(inspector.alert).toHaveCount(1)
    await inspector.frame(1).fill('')
    await expect(inspector.requestFrame(1).getByRole('status')).toHaveCount(0)
    await expect(inspector.notSent).toHaveCount(0)
  }
  await inspector.encoding(1).selectOption({ label: 'Text' })
  await inspector.exchange()
  await inspector.showServerFigures()
  await expect(inspector.serverFigure('Echoed')).toHaveText('1 · 0 B')
})

test('an error in the second frame does not affect the first', async ({ inspector }) => {
  await inspector.compose('fine', '')
  await inspector.encoding(2).selectOption({ label: 'Hex' })
  await inspector.frame(2).fill('0')
  await expect(inspector.requestFrame(1).getByRole('alert')).toHaveCount(0)
  await expect(inspector.requestFrame(2).getByRole('alert')).toContainText('Column 1: ')
  await inspector.frame(1).press('ControlOrMeta+Enter')
  await expect(inspector.notSent).toHaveText('Not sent: frame 2 is not valid.')
  await expect(inspector.frame(2)).toBeFocused()
})

test('switching the encoding keeps the bytes', async ({ inspector }) => {
  await inspector.frame(1).fill('abc!')
  for (const [label, text] of [
    ['Hex', '61 62 63 21'],
    ['Base64', 'YWJjIQ=='],
    ['Z85', 'vpAZ&'],
    ['Text', 'abc!'],
  ] as const) {
    await inspector.encoding(1).selectOption({ label })
    await expect(inspector.frame(1)).toHaveText(text)
    await expect(inspector.requestFrame(1)).toContainText('4 B')
    await expect(inspector.requestFrame(1).getByRole('status')).toHaveCount(0)
  }
})

test('a switch that cannot keep the bytes says so and can be undone', async ({ inspector }) => {
  await inspector.encoding(1).selectOption({ label: 'Hex' })
  await inspector.frame(1).fill('ff 00')
  await inspector.encoding(1).selectOption({ label: 'Text' })
  const note = inspector.requestFrame(1).getByRole('status')
  await expect(note).toContainText('These bytes are not valid Text. Your text is unchanged.')
  await expect(inspector.frame(1)).toHaveText('ff 00')

  await note.getByRole('button', { name: 'Switch back to Hex' }).click()
  await expect(inspector.encoding(1).locator('option:checked')).toHaveText('Hex')
  await expect(inspector.frame(1)).toHaveText('ff 00')
  await expect(note).toHaveCount(0)

  await inspector.encoding(1).selectOption({ label: 'Text' })
  await note.getByRole('button', { name: 'Keep as Text' }).click()
  await expect(note).toHaveCount(0)
  await expect(inspector.requestFrame(1)).toContainText('5 B')
})

test('changing the encoding converts the value, and says so once', async ({ inspector }) => {
  const frame = inspector.requestFrame(1)
  const note = frame.getByRole('status')
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"a":[1,2.5]}')
  for (const [label, text] of [
    ['MessagePack', '{  "a": [1, 2.5]}'],
    ['CBOR', '{  "a": [1, 2.5]}'],
    ['JSON', '{  "a": [1, 2.5]}'],
  ] as const) {
    const former = await inspector.encoding(1).locator('option:checked').innerText()
    await inspector.encoding(1).selectOption({ label })
    await expect(inspector.frame(1)).toHaveText(text)
    await expect(note).toContainText(`Converted from ${former}.`)
    await expect(frame.getByRole('alert')).toHaveCount(0)
  }
  // It is about this text only.
  await inspector.frame(1).press('ControlOrMeta+End')
  await inspector.page.keyboard.type(' ')
  await expect(note).toHaveCount(0)
  await inspector.page.keyboard.press('Backspace')
  await expect(inspector.frame(1)).toHaveText('{  "a": [1, 2.5]}')
  await expect(note).toHaveCount(0)
})

test('the bytes can be reinterpreted instead, and sending ends the line', async ({ inspector }) => {
  await inspector.startAndPoint()
  const note = inspector.requestFrame(1).getByRole('status')
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('5')
  await inspector.encoding(1).selectOption({ label: 'MessagePack' })
  await expect(inspector.frame(1)).toHaveText('5')
  await note.getByRole('button', { name: 'Reinterpret the bytes instead' }).click()
  await expect(inspector.frame(1)).toHaveText('53')
  await expect(note).toHaveCount(0)
  await inspector.exchange()
  await expect.poll(() => inspector.replyHex(1)).toBe('35')

  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await expect(note).toContainText('Converted from MessagePack.')
  await note.getByRole('button', { name: 'Dismiss' }).click()
  await expect(note).toHaveCount(0)
  await inspector.encoding(1).selectOption({ label: 'MessagePack' })
  await expect(note).toContainText('Converted from JSON.')
  await inspector.exchange()
  await expect(note).toHaveCount(0)
})

test('what JSON does not have is named at its place, and can be converted anyway', async ({ inspector }) => {
  const frame = inspector.requestFrame(1)
  const note = frame.getByRole('status')
  await inspector.encoding(1).selectOption({ label: 'CBOR' })
  await inspector.frame(1).fill('{"raw": h\'00ff\'}')
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await expect(note).toContainText('Column 9: JSON has no byte strings.')
  // One message for one fault.
  await expect(frame.getByRole('alert')).toHaveCount(0)
  await expect(inspector.frame(1).locator('.cm-lintRange-error').first()).toContainText('h')
  await expect(inspector.frame(1)).toHaveText('{"raw": h\'00ff\'}')

  await note.getByRole('button', { name: 'Convert anyway' }).click()
  await expect(inspector.frame(1)).toHaveText('{"raw": "AP8="}')
  await expect(note).toHaveCount(0)

  await inspector.encoding(1).selectOption({ label: 'CBOR' })
  await inspector.frame(1).fill('simple(5)')
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await expect(note).toContainText('JSON has no simple values besides true, false and null.')
  await expect(note.getByRole('button', { name: 'Convert anyway' })).toHaveCount(0)
  // Whoever edits the text sees what is wrong with it now.
  await inspector.frame(1).press('ControlOrMeta+End')
  await inspector.page.keyboard.type(' ')
  await expect(note).toHaveCount(0)
  await expect(frame.getByRole('alert')).toContainText("Unknown word 'simple'")
})

test('a text with a fault keeps it, as the new encoding sees it', async ({ inspector }) => {
  const frame = inspector.requestFrame(1)
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('[1,')
  for (const label of ['MessagePack', 'Hex'] as const) {
    await inspector.encoding(1).selectOption({ label })
    await expect(inspector.frame(1)).toHaveText('[1,')
    await expect(frame.getByRole('alert')).toHaveCount(1)
    await expect(frame.getByRole('status')).toHaveCount(0)
  }
  await inspector.encoding(1).selectOption({ label: 'Text' })
  await expect(frame.getByRole('alert')).toHaveCount(0)
  await expect(frame.getByRole('status')).toHaveCount(0)
})

test('a key formats the frame with the focus, and the caret stays where it was', async ({ inspector, page }) => {
  await inspector.compose('', '')
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"a":1}')
  await inspector.encoding(2).selectOption({ label: 'CBOR' })
  await inspector.frame(2).fill('{1:h\'00\',"b":[1_1]}')
  await inspector.frame(1).press('ControlOrMeta+Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+Alt+F')
  await expect(inspector.frame(1)).toHaveText('{  "a": 1}')
  await expect(inspector.frame(2)).toHaveText('{1:h\'00\',"b":[1_1]}')
  // It was behind the bracket.
  await page.keyboard.type(' ')
  await expect(inspector.frame(1)).toHaveText('{   "a": 1}')

  await inspector.frame(2).focus()
  await page.keyboard.press('Shift+Alt+F')
  await expect(inspector.frame(2)).toHaveText('{  1: h\'00\',  "b": [1_1]}')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(inspector.frame(2)).toHaveText('{1:h\'00\',"b":[1_1]}')

  // Elsewhere it is about all frames.
  await inspector.endpoint.focus()
  await page.keyboard.press('Shift+Alt+F')
  await expect(inspector.frame(1)).toHaveText('{  "a": 1}')
  await expect(inspector.frame(2)).toHaveText('{  1: h\'00\',  "b": [1_1]}')
})
