import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { newKeyPair } from '../../src/engine/security/key-pair.ts'
import { readCertificate } from '../../src/shared/zmq/certificate.ts'
import { keyBytes } from '../../src/shared/zmq/keys.ts'
import { chooseToOpen, chooseToSave, expect, ownTest } from './support/app.ts'

/** Every file of a folder and of those in it. */
const filesIn = (folder: string): Buffer[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))

ownTest(
  'secrets are encrypted by the system or live for this run, and are in no file',
  async ({ folder, userData, start }) => {
    const password = 'hunter2-the-password'
    const { publicKey, secretKey } = newKeyPair()
    const { running } = await start()
    const { app, page } = running
    const isProtected = await app.evaluate(
      ({ safeStorage }) =>
        safeStorage.isEncryptionAvailable() &&
        (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    )

    const told = await page.evaluate(
      async ({ text, key }) => {
        const { call } = window.inspector
        const kept = await call('secret.keepPassword', { text })
        const id = kept.ok ? kept.value.id : ''
        return {
          id,
          imported: await call('key.import', { text: key }),
          state: await call('secret.state', undefined),
          revealed: await call('secret.reveal', { id }),
          refused: [
            await call('secret.keepPassword', { text: text.repeat(20) }),
            await call('key.import', { text: `${key.slice(0, 39)}_` }),
            await call('key.import', { text: key, publicKey: key }),
            await Reflect.apply(call, window.inspector, ['key.import', { text: key, publicKey: 5 }]),
            await Reflect.apply(call, window.inspector, ['secret.reveal', { id: text }]),
          ],
        }
      },
      { text: password, key: secretKey },
    )
    expect(told).toMatchObject({
      imported: { ok: true, value: { publicKey } },
      state: {
        ok: true,
        value: {
          store: isProtected ? 'system' : 'this-run',
          problem: null,
          kept: [told.id, `curve:${publicKey}`],
        },
      },
      revealed: { ok: true, value: { text: password } },
    })
    for (const answer of told.refused) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
      expect(JSON.stringify(answer)).not.toContain(password)
      expect(JSON.stringify(answer)).not.toContain(secretKey.slice(0, 39))
    }

    const certificate = join(folder, 'one.key_secret')
    await chooseToSave(app, certificate)
    const saved = await page.evaluate(
      (key) => window.inspector.call('key.writeCertificate', { publicKey: key, name: 'one', withSecret: true }),
      publicKey,
    )
    expect(saved).toEqual({ ok: true, value: { path: certificate } })
    expect(readCertificate(readFileSync(certificate))).toMatchObject({ publicKey, secretKey })
    if (process.platform !== 'win32') expect(statSync(certificate).mode & 0o777).toBe(0o600)
    await chooseToOpen(app, certificate)
    const opened = await page.evaluate(() => window.inspector.call('key.readCertificate', { wants: 'pair' }))
    expect(opened).toEqual({ ok: true, value: { publicKey, hasSecret: true, name: 'one' } })

    await running.close()
    const files = filesIn(userData)
    expect(files.length).toBeGreaterThan(5)
    for (const bytes of files) {
      for (const secret of [password, secretKey, Buffer.from(keyBytes(secretKey))]) {
        expect(bytes.includes(secret)).toBe(false)
      }
    }
    expect(readdirSync(userData).includes('secrets.json')).toBe(isProtected)
  },
)
