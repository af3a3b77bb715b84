import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { checkPair } from '../../src/engine/security/key-pair.ts'
import { readCertificate } from '../../src/shared/zmq/certificate.ts'
import { fingerprintOf } from '../../src/shared/zmq/keys.ts'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const keygen = (...args: string[]) => runNode(program, 'keygen', ...args).ended
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))
const modeOf = (path: string): number => statSync(path).mode & 0o777

/** Both certificates at a path, as CZMQ names them. */
const pairAt = (path: string) => {
  const forOthers = readCertificate(readFileSync(path))
  const secret = readCertificate(readFileSync(`${path}_secret`))
  expect(forOthers).toEqual({ ...secret, secretKey: null })
  return { ...checkPair(secret.publicKey, secret.secretKey ?? ''), metadata: secret.metadata }
}

describe('keygen', () => {
  test('writes both certificates, and prints the public key alone', async () => {
    const path = join(newFolder(), 'server.key')
    const { stdout, stderr, code } = await keygen(path)
    const { publicKey, secretKey, metadata } = pairAt(path)
    expect(stdout).toBe(
      [
        `Public key    ${publicKey}`,
        `Fingerprint   ${fingerprintOf(publicKey)}`,
        `For others    ${path}`,
        `For yourself  ${path}_secret`,
        '',
      ].join('\n'),
    )
    expect(stdout).not.toContain(secretKey)
    expect([stderr, code, metadata.size]).toEqual(['', 0, 0])
    if (process.platform !== 'win32') expect(modeOf(`${path}_secret`)).toBe(0o600)
  })

  test('prints JSON, and keeps a name', async () => {
    const path = join(newFolder(), 'a b')
    const { stdout, code } = await keygen(path, '--json', '--name', 'Jürgen "J"')
    const { publicKey, metadata } = pairAt(path)
    expect(JSON.parse(stdout)).toEqual({
      publicKey,
      fingerprint: fingerprintOf(publicKey),
      certificate: path,
      secretCertificate: `${path}_secret`,
    })
    expect([[...metadata], code]).toEqual([[['name', 'Jürgen "J"']], 0])
  })

  test.each(['', '_secret'])('does not replace FILE%s without --force', async (suffix) => {
    const folder = newFolder()
    const path = join(folder, 'one')
    writeFileSync(path + suffix, 'mine', { mode: 0o644 })
    const refused = await keygen(path)
    expect(refused).toMatchObject({
      stderr: `zmq-inspector: ${path}${suffix} is already there. Name another file, or add --force to replace it.\n`,
      code: 2,
      stdout: '',
    })
    expect(readFileSync(path + suffix, 'utf8')).toBe('mine')
    expect(readdirSync(folder)).toHaveLength(1)
    expect((await keygen(path, '--force')).code).toBe(0)
    pairAt(path)
    if (process.platform !== 'win32') expect(modeOf(`${path}_secret`)).toBe(0o600)
  })

  test.each([
    ['no file', [], 2, /missing required argument 'file'/],
    [
      'a folder that is not there',
      ['/not/there/key'],
      2,
      /\/not\/there\/key cannot be written: the file or folder does not/,
    ],
    ['a name of two lines', ['KEY', '--name', 'a\nb'], 2, /--name: The name of a certificate is one line/],
    ['a name in both quotes', ['KEY', '--name', `"'`], 2, /--name: The name of a certificate may have/],
  ] as const)('refuses %s', async (_what, args, code, reason) => {
    const folder = newFolder()
    const ended = await keygen(...args.map((each) => (each === 'KEY' ? join(folder, 'key') : each)))
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(reason)
    expect(readdirSync(folder)).toEqual([])
  })

  test('refuses a folder as the file, and leaves nothing beside it', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'key'))
    const ended = await keygen(join(folder, 'key'), '--force')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/key cannot be written: it is a folder/)
    expect(readdirSync(folder)).toEqual(['key'])
  })

  test('does not take --proto and the like', async () => {
    expect((await keygen('--proto', 'x', 'y')).stderr).toMatch(/unknown option '--proto'/)
  })
})
