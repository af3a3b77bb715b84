import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hasPython, python } from '../support/python.ts'
import { chooseToOpen, expect, test } from './support/app.ts'
import { PythonPublisher } from './support/python-publisher.ts'
import { StreamWindow } from './support/stream-window.ts'

test.skip(!hasPython, 'needs python3-zmq')

/** Opens the dialog, and chooses a starting point. */
async function choose(page: Page, name: string) {
  await page.getByRole('button', { name: 'New socket' }).click()
  await page.getByRole('menuitem', { name: 'Start from…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start from' })
  await dialog.getByRole('radio', { name, exact: true }).check({ force: true })
  return dialog.getByRole('region', { name })
}

/** The counter that Bitcoin Core puts last. */
function counter(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

test('from Bitcoin Core: topics, views and a watched counter for each', async ({ inspector, page }) => {
  const publisher = await PythonPublisher.start()
  const stream = new StreamWindow(inspector)
  const about = await choose(page, 'Bitcoin Core')
  await expect(about).toContainText('Made after')
  const endpoint = about.getByRole('textbox', { name: 'Endpoint' })
  await expect(endpoint).toHaveValue('tcp://127.0.0.1:28332')
  await endpoint.fill('nonsense')
  await about.getByRole('button', { name: 'Start' }).click()
  await expect(about).toContainText('Missing transport')
  await endpoint.fill(publisher.endpoint)
  await about.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(stream.subscriptions.getByRole('listitem')).toHaveText(['hashblock', 'rawtx', 'sequence'])
  await expect(stream.state).toHaveText('Open')
  const item = (topic: string) => stream.messages.getByRole('treeitem').filter({ hasText: topic })
  let number = 0
  // A subscription takes a moment to arrive.
  await expect(async () => {
    publisher.publish('rawtx', Buffer.from('0200', 'hex'), counter(number))
    number += 1
    await expect(item('rawtx')).toBeVisible({ timeout: 200 })
  }).toPass()
  publisher.publish('hashblock', Buffer.alloc(32, 0xab), counter(7))
  publisher.publish('hashblock', Buffer.alloc(32, 0xcd), counter(9))
  await expect(item('hashblock')).toContainText('2')
  await item('hashblock').click()
  await expect(stream.message.getByRole('combobox', { name: 'View reply frame 2 as' })).toHaveValue('hex')
  await page.getByRole('tab', { name: 'Watches' }).click()
  await expect(page.getByRole('region', { name: 'Watches' })).toContainText('1 missing in 1 gap')
  await publisher.end()
})

/** A kernel as clients see one: it publishes, answers its shell when the signature is right, and its heart beats. */
const kernel = `
import hmac, hashlib, json, sys, zmq
key = b'secret of the kernel'
context = zmq.Context()
def bound(kind):
    socket = context.socket(kind)
    return socket, socket.bind_to_random_port('tcp://127.0.0.1')
(shell, shell_port), (iopub, iopub_port), (heart, heart_port) = bound(zmq.ROUTER), bound(zmq.PUB), bound(zmq.REP)
def signed(kind, parent, content, key=key):
    parts = [json.dumps(each).encode() for each in ({'msg_type': kind}, parent, {}, content)]
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts: digest.update(part)
    return [b'<IDS|MSG>', digest.hexdigest().encode()] + parts
print(json.dumps({'transport': 'tcp', 'ip': '127.0.0.1', 'key': key.decode(), 'signature_scheme': 'hmac-sha256', 'shell_port': shell_port, 'iopub_port': iopub_port, 'hb_port': heart_port, 'stdin_port': 1, 'control_port': 1}), flush=True)
poller = zmq.Poller()
for each in (shell, heart): poller.register(each, zmq.POLLIN)
while True:
    ready = dict(poller.poll(100))
    iopub.send_multipart([b'kernel.status'] + signed('status', {}, {'execution_state': 'idle'}))
    iopub.send_multipart([b'kernel.stream'] + signed('stream', {}, {'text': 'not mine'}, b'another key'))
    if heart in ready: heart.send(heart.recv())
    if shell in ready:
        frames = shell.recv_multipart()
        place = frames.index(b'<IDS|MSG>')
        identities, (signature, *parts) = frames[:place], frames[place + 1:]
        digest = hmac.new(key, digestmod=hashlib.sha256)
        for part in parts[:4]: digest.update(part)
        if digest.hexdigest().encode() == signature:
            shell.send_multipart(identities + signed('kernel_info_reply', json.loads(parts[0]), {'status': 'ok'}))
`

test('from a Jupyter kernel: messages are signed on sending, and checked when they are shown', async ({
  app,
  inspector,
  page,
}) => {
  const child: ChildProcessWithoutNullStreams = spawn(python, ['-c', kernel])
  const [connection] = await once(child.stdout, 'data')
  const folder = await mkdtemp(join(tmpdir(), 'inspector-'))
  const wrong = join(folder, 'wrong.json')
  await writeFile(wrong, '{}')
  const path = join(folder, 'kernel.json')
  await writeFile(path, String(connection))
  const stream = new StreamWindow(inspector)
  const about = await choose(page, 'Jupyter kernel')
  await chooseToOpen(app, wrong)
  await about.getByRole('button', { name: 'Choose the connection file…' }).click()
  await expect(about.getByRole('alert')).toContainText('This is no connection file of a kernel')
  await chooseToOpen(app, path)
  await about.getByRole('button', { name: 'Choose the connection file…' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  // What it publishes, by types of message.
  const item = (topic: string) => stream.messages.getByRole('treeitem').filter({ hasText: topic })
  await expect(stream.messages.getByRole('textbox', { name: 'Path of the topic' })).toHaveValue('$.msg_type')
  await item('status').click()
  const signature = stream.message.getByRole('status', { name: 'Signature' })
  await expect(signature).toHaveText('The signature is valid.')
  await item('stream').click()
  await expect(signature).toContainText('The signature is wrong')

  const sockets = page.getByRole('region', { name: 'Sockets' })
  await sockets.getByRole('button', { name: /^Jupyter shell/ }).click()
  const composer = page.getByRole('region', { name: 'Send', exact: true })
  await expect(composer).toContainText('Signed on sending')
  await inspector.send.click()
  await stream.row('kernel_info_reply').click()
  await expect(stream.message).toContainText('Received · ')
  await expect(signature).toHaveText('The signature is valid.')
  await sockets.getByRole('button', { name: /^Jupyter heartbeat/ }).click()
  await inspector.send.click()
  await expect(inspector.reply).toContainText('ping')

  await sockets.getByRole('button', { name: /^Jupyter shell/ }).click()
  await composer.getByRole('button', { name: 'Do not sign' }).click()
  await expect(composer).not.toContainText('Signed on sending')
  child.kill('SIGKILL')
})

test('from GNU Radio: complex samples are a waveform of the newest message', async ({ inspector, page }) => {
  const publisher = await PythonPublisher.start()
  const stream = new StreamWindow(inspector)
  const about = await choose(page, 'GNU Radio: complex samples')
  await about.getByRole('textbox', { name: 'Endpoint' }).fill(publisher.endpoint)
  await about.getByRole('button', { name: 'Start' }).click()
  await expect(stream.state).toHaveText('Open')
  const plot = stream.messages.getByRole('region', { name: 'Plot' })
  await expect(plot).toBeVisible()
  const wave = new Float32Array(Array.from({ length: 64 }, (_, index) => Math.sin(index / 4)))
  await expect(async () => {
    publisher.publish(new Uint8Array(wave.buffer))
    await stream.messages.getByRole('tab', { name: 'List' }).click()
    await expect(stream.row('256 B').first()).toBeVisible({ timeout: 200 })
  }).toPass()
  await stream.messages.getByRole('tab', { name: 'Plot' }).click()
  await expect(plot.getByRole('listitem')).toHaveText([/real/, /imaginary/])
  await publisher.end()
})
