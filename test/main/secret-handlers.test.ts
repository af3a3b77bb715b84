import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newKeyPair, publicKeyOf } from '../../src/engine/security/key-pair.ts'
import { type FileDialogs, secretHandlers } from '../../src/main/secret-handlers.ts'
import { SecretStore } from '../../src/main/secrets.ts'
import { z85 } from '../../src/shared/codecs/z85.ts'
import { encodeUtf8 } from '../../src/shared/utf8.ts'
import { readCertificate, writeCertificate } from '../../src/shared/zmq/certificate.ts'
import { curveSecretId } from '../../src/shared/zmq/security.ts'
import { testCipher } from '../support/ciphers.ts'

const cancelled: FileDialogs = { openFile: async () => null, saveFile: async () => null }
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))

async function handlers(dialogs: Partial<FileDialogs> = {}) {
  const store = await SecretStore.open(join(newFolder(), 'secrets.json'), testCipher('none'), {
    keep: () => expect.unreachable('nothing is written without a key store'),
    unusable: () => undefined,
    changed: () => undefined,
  })
  return { store, answer: secretHandlers(store, { ...cancelled, ...dialogs }) }
}

const opening = (text: string): Partial<FileDialogs> => ({
  openFile: async () => ({ name: 'one.key', bytes: encodeUtf8(text) }),
})

/** Saves where the person would, and notes the name that was proposed. */
function savingTo(path: string, proposed: string[]): Partial<FileDialogs> {
  return {
    async saveFile(name, write) {
      proposed.push(name)
      await write(path)
      return path
    },
  }
}

describe('passwords', () => {
  test('are kept under an id that says nothing of them', async () => {
    const { store, answer } = await handlers()
    const { id } = await answer['secret.keepPassword']({ text: 'hunter2' })
    expect(id).toMatch(/^password:[\da-f-]{36}$/)
    expect(await answer['secret.reveal']({ id })).toEqual({ text: 'hunter2' })
    expect(await answer['secret.state']()).toEqual({ store: 'this-run', problem: null, kept: [id] })
    expect(store.resolve([id])).toEqual({ [id]: 'hunter2' })
  })

  test.each([
    ['ä'.repeat(128), 'A password has 255 bytes at most; this one has 256.'],
    ['a\ud83d', 'The password has half a character in it, which cannot be sent.'],
  ])('that PLAIN cannot carry are refused', async (text, message) => {
    const { store, answer } = await handlers()
    await expect(answer['secret.keepPassword']({ text })).rejects.toMatchObject({ code: 'invalid-argument', message })
    expect(store.state.kept).toEqual([])
  })
})

describe('a file with a key alone', () => {
  const { publicKey, secretKey } = newKeyPair()
  const holding = (bytes: Uint8Array): Partial<FileDialogs> => ({ openFile: async () => ({ name: 'key', bytes }) })

  test.each([
    ['32 bytes', z85.encode(secretKey)],
    ['Z85 and a line break', encodeUtf8(`${secretKey}\n`)],
    ['hex', encodeUtf8(Buffer.from(z85.encode(secretKey)).toString('hex'))],
  ])('as %s is the secret one of a pair', async (_, bytes) => {
    const { store, answer } = await handlers(holding(bytes))
    const read = await answer['key.readCertificate']({ wants: 'pair' })
    expect(read).toEqual({ publicKey, hasSecret: true, name: null })
    expect(store.read(curveSecretId(publicKey))).toBe(secretKey)
  })

  test('is the public one where that is wanted, and a secret one of others is not kept', async () => {
    const raw = await handlers(holding(z85.encode(publicKey)))
    expect(await raw.answer['key.readCertificate']({ wants: 'public' })).toMatchObject({ publicKey, hasSecret: false })
    const certificate = encodeUtf8(writeCertificate({ publicKey, secretKey, metadata: new Map() }))
    const whole = await handlers(holding(certificate))
    expect(await whole.answer['key.readCertificate']({ wants: 'public' })).toMatchObject({ publicKey })
    expect(whole.store.state.kept).toEqual([])
  })

  test('that is half of one is refused', async () => {
    const { answer } = await handlers(holding(encodeUtf8(secretKey.slice(0, 20))))
    await expect(answer['key.readCertificate']({ wants: 'pair' })).rejects.toThrow('half a secret key')
  })
})

describe('keys', () => {
  test('are made, and only the public one is told', async () => {
    const { store, answer } = await handlers()
    const made = await answer['key.create']()
    expect(Object.keys(made)).toEqual(['publicKey'])
    expect(publicKeyOf(store.read(curveSecretId(made.publicKey)))).toBe(made.publicKey)
  })

  test('are taken as people paste them', async () => {
    const { store, answer } = await handlers()
    const { publicKey, secretKey } = newKeyPair()
    expect(await answer['key.import']({ text: ` "${secretKey}"\n` })).toEqual({ publicKey })
    expect(await answer['key.import']({ text: secretKey, publicKey })).toEqual({ publicKey })
    expect(store.state.kept).toEqual([curveSecretId(publicKey)])
    expect(store.read(curveSecretId(publicKey))).toBe(secretKey)
  })

  test('that do not belong together, or are none, are refused without repeating them', async () => {
    const { store, answer } = await handlers()
    const { publicKey, secretKey } = newKeyPair()
    const inputs = [
      { text: publicKey, publicKey },
      { text: secretKey, publicKey: newKeyPair().publicKey },
      { text: secretKey.slice(1) },
      { text: `${secretKey.slice(0, 39)}_`, publicKey },
    ]
    for (const input of inputs) {
      const failure: unknown = await answer['key.import'](input).catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ code: 'invalid-argument' })
      expect(String(failure)).not.toContain(secretKey.slice(1, 39))
    }
    expect(store.state.kept).toEqual([])
  })
})

describe('certificates', () => {
  const { publicKey, secretKey } = newKeyPair()
  const metadata = new Map([['name', 'one']])

  test('are read, and the secret key stays with the host', async () => {
    const secret = await handlers(opening(writeCertificate({ publicKey, secretKey, metadata })))
    expect(await secret.answer['key.readCertificate']({ wants: 'pair' })).toEqual({
      publicKey,
      hasSecret: true,
      name: 'one',
    })
    expect(secret.store.read(curveSecretId(publicKey))).toBe(secretKey)
    const open = await handlers(opening(writeCertificate({ publicKey, secretKey: null, metadata: new Map() })))
    expect(await open.answer['key.readCertificate']({ wants: 'pair' })).toEqual({
      publicKey,
      hasSecret: false,
      name: null,
    })
    expect(open.store.state.kept).toEqual([])
    expect(await (await handlers()).answer['key.readCertificate']({ wants: 'pair' })).toBeNull()
  })

  test('that cannot be read are told by their name, without what is in them', async () => {
    const mixed = writeCertificate({ publicKey: newKeyPair().publicKey, secretKey, metadata })
    for (const [text, reason] of [
      [mixed, /^one\.key was not read\. The public key does not belong to the secret key/],
      [mixed.replace(secretKey, `${secretKey}_`), /^one\.key was not read\. Line 7: Character 41 of the secret key/],
      [`${secretKey} ${secretKey}`, /^one\.key was not read\. Line 1: it is no certificate/],
    ] as const) {
      const { store, answer } = await handlers(opening(text))
      const failure: unknown = await answer['key.readCertificate']({ wants: 'pair' }).catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ code: 'invalid-argument', message: expect.stringMatching(reason) })
      expect(String(failure)).not.toContain(secretKey)
      expect(store.state.kept).toEqual([])
    }
  })

  test('are written, a secret one for its owner alone', async () => {
    const path = join(newFolder(), 'chosen')
    const proposed: string[] = []
    const { store, answer } = await handlers(savingTo(path, proposed))
    await store.keep(curveSecretId(publicKey), secretKey)
    expect(await answer['key.writeCertificate']({ publicKey, name: '', withSecret: false })).toEqual({ path })
    expect(readCertificate(readFileSync(path))).toEqual({ publicKey, secretKey: null, metadata: new Map() })
    chmodSync(path, 0o644)
    expect(await answer['key.writeCertificate']({ publicKey, name: 'one', withSecret: true })).toEqual({ path })
    expect(readCertificate(readFileSync(path))).toEqual({ publicKey, secretKey, metadata })
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(proposed).toEqual(['curve.key', 'one.key_secret'])
  })

  test('need the secret key where they are to have it', async () => {
    const path = join(newFolder(), 'chosen')
    writeFileSync(path, 'mine')
    const { answer } = await handlers(savingTo(path, []))
    const failing = answer['key.writeCertificate']({ publicKey, name: 'one', withSecret: true })
    await expect(failing).rejects.toMatchObject({ details: { secret: curveSecretId(publicKey) } })
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})
