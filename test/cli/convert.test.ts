import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { nodeLines } from '../../src/cli/nodes.ts'
import { codecs } from '../../src/shared/codecs/index.ts'
import { commandLine } from '../support/built.ts'
import { readTree } from '../support/read-tree.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()

function convert(input: string | Uint8Array, ...args: string[]) {
  const running = runNode(program, ...args)
  running.feed(input)
  return running.ended
}

const bytesOf = (hex: string): Uint8Array => codecs.hex.encode(hex)

describe('decode', () => {
  test('of a pickle prints what it holds, and executes nothing', async () => {
    const script = "import pickle, sys; sys.stdout.buffer.write(pickle.dumps({'n': 5}))"
    const pickled = spawnSync('python3', ['-c', script]).stdout
    const { stdout, code } = await convert(pickled, 'decode', '--encoding', 'pickle')
    expect(stdout).toContain('"path":"$.n"')
    expect(stdout).toMatch(/"value":"5"/)
    expect(code).toBe(0)
  })

  test('marks what is unusual', async () => {
    const { stdout, code } = await convert('{"a":1}\0', 'decode', '--encoding', 'json')
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ type: 'object', note: 'followed by a NUL' })
    expect(code).toBe(0)
  })

  test.each<[string, string, object[]]>([
    [
      'cbor',
      // {1: [-0.5, 2^64-1, h'00ff'], "a/b": 0("…")} of indefinite length, with a half float.
      'bf 01 83 f9b800 1bffffffffffffffff 4200ff 63612f62 c0 6161 ff',
      [
        { path: '$', start: 0, end: 25, type: 'map (indefinite length)', value: null },
        { path: '$["1 (integer)"]', start: 2, end: 18, type: 'array', value: null },
        { path: '$["1 (integer)"][0]', start: 3, end: 6, type: 'float 16', value: -0.5 },
        { path: '$["1 (integer)"][1]', start: 6, end: 15, type: 'integer', value: '18446744073709551615' },
        { path: '$["1 (integer)"][2]', start: 15, end: 18, type: 'byte string', value: '00ff' },
        { path: '$["a/b"]', start: 22, end: 25, type: 'tag 0 (date and time)', value: null },
        { path: '$["a/b"]', start: 23, end: 25, type: 'text string', value: 'a' },
      ],
    ],
    [
      'msgpack',
      '93 cb8000000000000000 c3 d6ff65e07b30',
      [
        { path: '$', start: 0, end: 17, type: 'fixarray', value: null },
        { path: '$[0]', start: 1, end: 10, type: 'float 64', value: '-0.0' },
        { path: '$[1]', start: 10, end: 11, type: 'boolean', value: true },
        { path: '$[2]', start: 11, end: 17, type: 'timestamp 32', value: '2024-02-29T12:40:16Z' },
      ],
    ],
  ])('%s prints every node with its span, type and exact value', async (encoding, hex, nodes) => {
    const input = bytesOf(hex)
    // The map's end is its break: the last byte.
    const expected = nodes.map((node, index) => (index === 0 ? { ...node, end: input.length } : node))
    const { code, stdout, stderr } = await convert(input, 'decode', '--encoding', encoding)
    expect(stderr).toBe('')
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(expected)
    expect(code).toBe(0)
  })

  test('json keeps digits that numbers would distort, and duplicate keys', async () => {
    const input = '{"é":1.10,"é":12345678901234567890,"x":[0.5,null]}'
    const { code, stdout } = await convert(input, 'decode', '--encoding', 'json')
    const lines: { path: string; value: unknown; start: number }[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ path, value }) => [path, value])).toEqual([
      ['$', null],
      ['$["é"]', '1.10'],
      ['$["é"]', '12345678901234567890'],
      ['$.x', null],
      ['$.x[0]', 0.5],
      ['$.x[1]', null],
    ])
    // Offsets are in bytes: é takes two.
    expect(lines[1]?.start).toBe(6)
    expect(code).toBe(0)
  })

  test.each([
    ['cbor', '8201', 'zmq-inspector: not CBOR at offset 2: ', ['array', 'integer']],
    ['msgpack', '92c3c1', 'zmq-inspector: not MessagePack at offset 2: ', ['fixarray', 'boolean', 'unread']],
    ['msgpack', 'c1', 'zmq-inspector: not MessagePack at offset 0: ', []],
    ['json', '7b7d7d', 'zmq-inspector: not JSON at offset 2: ', ['frame', 'object', 'left over']],
    ['cbor', '', 'zmq-inspector: not CBOR at offset 0: ', []],
  ])('%s of %s exits with 1 and the offset, after what could be read', async (encoding, hex, reason, types) => {
    const { code, stdout, stderr } = await convert(bytesOf(hex), 'decode', '--encoding', encoding)
    expect(stderr).toContain(reason)
    expect(code).toBe(1)
    const lines = stdout.split('\n').filter((line) => line !== '')
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(types)
  })

  test('requires an encoding with a structure', async () => {
    expect(await convert('', 'decode')).toMatchObject({ code: 2 })
    expect(await convert('', 'decode', '--encoding', 'hex')).toMatchObject({ code: 2 })
  })
})

describe('encode', () => {
  test.each([
    ['cbor', '{"a":[1,-1,1.5]}\n', 'a1 61 61 83 01 20 f9 3e 00'],
    ['cbor', "[_ h'00ff', 1(5_0)]\n", '9f 42 00 ff c1 18 05 ff'],
    ['msgpack', '[255]', '91 cc ff'],
    ['json', ' {"a":1.10}\n', '20 7b 22 61 22 3a 31 2e 31 30 7d 0a'],
    ['hex', '00 ff', '00 ff'],
  ])('%s writes the bytes and nothing else', (encoding, input, hex) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'encode', '--encoding', encoding], {
      input,
    })
    expect(stderr.toString()).toBe('')
    expect(codecs.hex.decode(stdout)).toBe(hex)
    expect(status).toBe(0)
  })

  test.each([
    ['a byte order mark', 'text', 'ef bb bf 68 69', 'ef bb bf 68 69'],
    ['bytes that are no text', 'text', 'ff 00 c3', 'ff 00 c3'],
    ['an empty input', 'text', '', ''],
    ['a byte order mark within', 'cbor', '22 ef bb bf 22', '63 ef bb bf'],
  ])('%s is kept as it is (%s)', (_what, encoding, input, output) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'encode', '--encoding', encoding], {
      input: bytesOf(input),
    })
    expect([status, stderr.toString(), codecs.hex.decode(stdout)]).toEqual([0, '', output])
  })

  test.each([
    ['json', '5b 22 61 ff 22 5d', 'not JSON at offset 3: Byte 3 is not valid UTF-8'],
    ['hex', '30 30 c3', 'not hex at offset 2: Byte 2 is not valid UTF-8'],
    ['cbor', 'ff fe 5b 00 5d 00', 'not CBOR at offset 0: The input is UTF-16 (little endian)'],
    ['msgpack', 'fe ff 00 5b 00 5d', 'The input is UTF-16 (big endian)'],
    ['base64', 'ff fe 00 00 41 00 00 00', 'The input is UTF-32 (little endian)'],
  ])('%s refuses bytes that are no UTF-8, by their offset', (encoding, input, words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'encode', '--encoding', encoding], {
      input: bytesOf(input),
    })
    expect(stderr.toString().toLowerCase()).toContain(words.toLowerCase())
    expect([status, stdout.length]).toEqual([1, 0])
  })

  test('says where the text is invalid', async () => {
    const { code, stdout, stderr } = await convert('[1,}', 'encode', '--encoding', 'cbor')
    expect(stderr).toContain('zmq-inspector: not CBOR at offset 3: ')
    expect([code, stdout]).toEqual([1, ''])
  })
})

test('the nodes of any JSON text are inside it, parents first', () => {
  fc.assert(
    fc.property(fc.json(), (written) => {
      const bytes = codecs.json.encode(written)
      const root = readTree(codecs.json, bytes)
      const lines = root ? [...nodeLines(root)] : []
      expect(lines[0]).toMatchObject({ path: '$', start: written.length - written.trimStart().length })
      for (const { start, end } of lines) expect(start >= 0 && start < end && end <= bytes.length).toBe(true)
    }),
  )
})
