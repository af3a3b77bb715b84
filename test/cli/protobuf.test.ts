import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'
import { serverOf } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const folder = mkdtempSync(join(tmpdir(), 'zeromq-inspector-proto-'))
afterAll(() => rmSync(folder, { recursive: true }))

const proto = join(folder, 'api.proto')
writeFileSync(proto, 'syntax = "proto3";\npackage api;\nmessage Query { string name = 1; repeated int32 id = 2; }\n')
const typed = ['--encoding', 'protobuf', '--proto', proto, '--message', 'api.Query']

function convert(input: string | Uint8Array, ...args: string[]) {
  const running = runNode(program, ...args)
  running.feed(input)
  return running.ended
}

describe('decode', () => {
  const bytes = Uint8Array.of(0x0a, 1, 0x78, 0x12, 2, 1, 0x7f)

  test('names the fields of the type', async () => {
    const { stdout, code } = await convert(bytes, 'decode', ...typed)
    expect(code).toBe(0)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      { path: '$', start: 0, end: 7, type: 'api.Query', value: null },
      { path: '$.name', start: 1, end: 3, value: 'x' },
      { path: '$.id', start: 4, end: 7, value: null },
      { path: '$.id[0]', start: 5, end: 6, value: '1' },
      { path: '$.id[1]', start: 6, end: 7, value: '127' },
    ])
  })

  test('shows the wire format without a type', async () => {
    const { stdout, code } = await convert(bytes, 'decode', '--encoding', 'protobuf')
    expect(code).toBe(0)
    expect(stdout).toContain('{"path":"$[\\"1\\"]","start":1,"end":3,"type":"length-delimited","value":null}')
  })

  test('prints what could be read and the offset of the fault', async () => {
    const { stdout, stderr, code } = await convert(bytes.subarray(0, 5), 'decode', ...typed)
    expect(code).toBe(1)
    expect(stdout).toContain('"path":"$.name"')
    expect(stderr).toContain('not Protobuf at offset 5: ')
    expect(stderr).toContain('0a 01 78 12 02 [end]')
  })
})

describe('encode', () => {
  test('takes the JSON of the type', async () => {
    const { stdout, code } = await convert('{"id": [1, 127], "name": "x"}', 'encode', ...typed)
    expect(code).toBe(0)
    expect(Buffer.from(stdout).toString('hex')).toBe('0a01781202017f')
  })

  test('points at a field that the type does not have', async () => {
    const { stderr, code } = await convert('{"nam": "x"}', 'encode', ...typed)
    expect(code).toBe(1)
    expect(stderr).toContain('at offset 1')
    expect(stderr).toContain('name')
  })
})

describe('the types', () => {
  test('that do not exist are reported with those that do', async () => {
    const args = ['decode', '--encoding', 'protobuf', '--proto', proto, '--message', 'api.Qery']
    const { stderr, code } = await convert('', ...args)
    expect(code).toBe(2)
    expect(stderr).toContain("no message type 'api.Qery'")
    expect(stderr).toContain('api.Query')
  })

  test('of an invalid file are rejected with file, line and column', async () => {
    const faulty = join(folder, 'faulty.proto')
    writeFileSync(faulty, 'syntax = "proto3";\nmessage A {\n  Missing field = 1;\n}\n')
    const { stderr, code } = await convert('', 'decode', '--encoding', 'protobuf', '--proto', faulty, '--message', 'A')
    expect(code).toBe(2)
    expect(stderr).toContain(`${faulty}:3:3: `)
    expect(stderr).toContain('Missing')
  })

  describe('of a folder with a broken file', () => {
    const mixed = join(folder, 'mixed')
    mkdirSync(mixed)
    writeFileSync(join(mixed, 'good.proto'), 'syntax = "proto3";\nmessage Good { string name = 1; }\n')
    writeFileSync(join(mixed, 'broken.proto'), 'syntax = "proto3";\nmessage Broken {\n  Missing field = 1;\n}\n')
    const decodeAs = (message: string) =>
      convert(bytes, 'decode', '--encoding', 'protobuf', '--proto', mixed, '--message', message)
    const bytes = Uint8Array.of(0x0a, 1, 0x78)

    test('are used when the named one is sound, with a warning', async () => {
      const { stdout, stderr, code } = await decodeAs('Good')
      expect(code).toBe(0)
      expect(stdout).toContain('"path":"$.name"')
      expect(stderr).toMatch(/^zmq-inspector: warning: .*broken\.proto:3:3: .*Missing.*\n$/)
    })

    test('are refused when the named one is broken', async () => {
      const { stdout, stderr, code } = await decodeAs('Broken')
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain(`${join(mixed, 'broken.proto')}:3:3: `)
    })
  })
})

test('a client encodes requests with one type and shows replies with another', async () => {
  const { endpoint } = await serverOf(program)
  const client = (...args: string[]) =>
    runNode(program, 'client', '--endpoint', endpoint, ...typed, ...args, '{"name":"x"}').ended
  expect((await client()).stdout).toContain('<- {"name":"x"}\n')
  expect((await client('--decode', 'hex')).stdout).toContain('-> {"name":"x"}\n<- h\'0a0178\'\n')
})
