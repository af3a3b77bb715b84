import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { checkSignature, signMessage } from '../../../src/engine/jupyter/signature.ts'
import { readConnectionFile } from '../../../src/shared/jupyter/connection-file.ts'
import { hasPython, python } from '../../support/python.ts'

const key = 'a0436f6c-1916-498b-8eb9-e81ab9368e84'
const message = (...frames: readonly string[]) => frames.map((frame) => Buffer.from(frame))
const unsigned = message('id', '<IDS|MSG>', '', '{"msg_id": "1"}', '{}', '{}', '{"code": "é"}', 'a buffer')

test('a message is signed over its four frames, behind any routing ids and before any buffers', () => {
  const signed = signMessage(unsigned, key)
  expect(signed).toHaveLength(unsigned.length)
  expect(Buffer.from(signed[2] ?? '').toString()).toMatch(/^[0-9a-f]{64}$/)
  expect(checkSignature(signed, key)).toBe('valid')
  expect(checkSignature([...signed.slice(0, -1), Buffer.from('another buffer')], key)).toBe('valid')
  expect(checkSignature(signed, 'another key')).toBe('wrong')
  expect(checkSignature(signed.with(6, Buffer.from('{}')), key)).toBe('wrong')
  expect(checkSignature(unsigned, key)).toBe('wrong')
  expect(checkSignature(message('hello'), key)).toBe('none')
  expect(checkSignature(message('<IDS|MSG>', '', '{}', '{}'), key)).toBe('none')
  expect(() => signMessage(message('hello'), key)).toThrow('A signed message has <IDS|MSG>')
})

test.skipIf(!hasPython)('the signature is the one that Python makes', () => {
  const program = `
import hmac, hashlib, sys
digest = hmac.new(b'${key}', digestmod=hashlib.sha256)
for frame in ['{"msg_id": "1"}', '{}', '{}', '{"code": "\\u00e9"}']:
    digest.update(frame.encode())
print(digest.hexdigest())`
  expect(Buffer.from(signMessage(unsigned, key)[2] ?? '').toString()).toBe(
    spawnSync(python, ['-c', program], { encoding: 'utf8' }).stdout.trim(),
  )
})

const file = {
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
  ip: '127.0.0.1',
  key,
  transport: 'tcp',
  signature_scheme: 'hmac-sha256',
  kernel_name: '',
}

test('a connection file tells the endpoints', () => {
  expect(readConnectionFile(JSON.stringify(file))).toEqual({
    shell: 'tcp://127.0.0.1:1',
    iopub: 'tcp://127.0.0.1:2',
    heartbeat: 'tcp://127.0.0.1:5',
    key,
  })
  expect(readConnectionFile(JSON.stringify({ ...file, ip: '::1' })).shell).toBe('tcp://[::1]:1')
  expect(readConnectionFile(JSON.stringify({ ...file, transport: 'ipc', ip: '/tmp/kernel' })).iopub).toBe(
    'ipc:///tmp/kernel-2',
  )
})

test.each([
  ['nonsense', 'it is not JSON'],
  ['{}', 'ip is missing or wrong'],
  [JSON.stringify({ ...file, hb_port: 0 }), 'hb_port is missing or wrong'],
  [JSON.stringify({ ...file, signature_scheme: 'hmac-md5' }), 'only hmac-sha256 is known'],
])('%s is no connection file, and its key is not repeated', (text, why) => {
  expect(() => readConnectionFile(text)).toThrow(why)
  try {
    readConnectionFile(text)
  } catch (thrown) {
    expect(String(thrown)).not.toContain(key)
  }
})
