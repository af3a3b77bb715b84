import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { UnusableFile } from '../../src/engine/files/json-file.ts'
import { KeptDocument } from '../../src/engine/files/kept-document.ts'
import { newKeyPair } from '../../src/engine/security/key-pair.ts'
import { SecretStore } from '../../src/main/secrets.ts'
import { InspectorError } from '../../src/shared/errors.ts'
import type { SecretState } from '../../src/shared/secrets.ts'
import { fingerprintOf } from '../../src/shared/zmq/keys.ts'
import { curveSecretId } from '../../src/shared/zmq/security.ts'
import { type TestCipher, testCipher } from '../support/ciphers.ts'

const secret = 'hunter2-the-password'
const other = 'correct-horse'
const id = 'password:7b0c9c5e-3f1c-4d7a-9d53-0a3f6f0f6b1e'
const otherId = 'password:00000000-3f1c-4d7a-9d53-0a3f6f0f6b1e'

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'folder', 'secrets.json')

async function open(path: string, cipher: TestCipher = testCipher()) {
  const unusable: UnusableFile[] = []
  const changes: SecretState[] = []
  const unsaved: (string | null)[] = []
  const store = await SecretStore.open(path, cipher, {
    keep(file, document) {
      const kept = new KeptDocument(file, document, {
        unsaved: (reason) => unsaved.push(reason),
        disturbed: ({ path: of }) => expect.unreachable(`${of} was disturbed`),
      })
      onTestFinished(() => kept.close())
      return kept
    },
    unusable: (file) => unusable.push(file),
    changed: (state) => changes.push(state),
  })
  return { store, unusable, changes, unsaved, cipher }
}

const failureOf = (act: () => unknown): InspectorError => {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown
    throw thrown
  }
  return expect.unreachable('it did not fail')
}

/** Everything beside the file, and in it. */
const written = (path: string): string =>
  existsSync(dirname(path))
    ? readdirSync(dirname(path))
        .map((name) => readFileSync(join(dirname(path), name), 'utf8'))
        .join('\n')
    : ''

describe('a secret', () => {
  test('is there after a restart, encrypted, for its owner alone', async () => {
    const path = newPath()
    const { store, changes } = await open(path)
    expect(store.has(id)).toBe(false)
    await store.keep(id, secret)
    await store.keep(otherId, '')
    expect(changes.at(-1)).toEqual({ store: 'system', problem: null, kept: [id, otherId] })
    expect(written(path)).toContain(id)
    expect(written(path)).not.toContain(secret)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)

    const again = await open(path)
    expect(again.store.state).toEqual({ store: 'system', problem: null, kept: [id, otherId] })
    expect(again.store.has(id)).toBe(true)
    expect(again.store.read(id)).toBe(secret)
    expect(again.store.resolve([otherId, id])).toEqual({ [otherId]: '', [id]: secret })
  })

  test('that is not there has to be written again', async () => {
    const { store } = await open(newPath())
    await store.keep(id, secret)
    const { publicKey } = newKeyPair()
    expect(failureOf(() => store.read(otherId)).toValue()).toEqual({
      code: 'invalid-argument',
      message: 'The password is not kept here. Write it again.',
      details: { secret: otherId },
    })
    expect(failureOf(() => store.read(curveSecretId(publicKey))).toValue()).toEqual({
      code: 'invalid-argument',
      message: `The secret key of ${fingerprintOf(publicKey)} is not kept here. Paste it again, or make a new pair.`,
      details: { secret: curveSecretId(publicKey) },
    })
    expect(store.resolve([id, otherId, curveSecretId(publicKey)])).toEqual({ [id]: secret })
  })

  test('can be replaced and removed, and those no longer used are pruned', async () => {
    const path = newPath()
    const { store, changes } = await open(path)
    await store.keep(id, 'first')
    await store.keep(id, secret)
    await store.keep(otherId, other)
    expect(store.read(id)).toBe(secret)
    await store.retain([id, 'password:unknown'])
    expect([store.has(id), store.has(otherId)]).toEqual([true, false])
    expect((await open(path)).store.state.kept).toEqual([id])
    await store.remove(id)
    expect((await open(path)).store.state.kept).toEqual([])
    const before = changes.length
    await store.remove(id)
    await store.retain([])
    expect(changes).toHaveLength(before)
  })

  test('does not ask the key store before one is kept or used', async () => {
    const path = newPath()
    await (await open(path)).store.keep(id, secret)
    const cipher = testCipher()
    const { store } = await open(path, cipher)
    expect(store.has(otherId)).toBe(false)
    expect(cipher.asked).toBe(0)
    expect(store.read(id)).toBe(secret)
    expect(cipher.asked).toBeGreaterThan(0)
  })
})

describe('without a key store', () => {
  test('secrets live for this run, and nothing is written', async () => {
    const path = newPath()
    const { store, changes } = await open(path, testCipher('none'))
    await store.keep(id, secret)
    await store.keep(otherId, other)
    await store.remove(otherId)
    expect(changes.at(-1)).toEqual({ store: 'this-run', problem: null, kept: [id] })
    expect(store.resolve([id])).toEqual({ [id]: secret })
    expect(existsSync(dirname(path))).toBe(false)
    expect((await open(path, testCipher('none'))).store.has(id)).toBe(false)
  })

  test('what is kept is told of, and stays as it is', async () => {
    const path = newPath()
    await (await open(path)).store.keep(id, secret)
    const before = readFileSync(path, 'utf8')
    const { store } = await open(path, testCipher('none'))
    expect(store.state).toMatchObject({ store: 'this-run', kept: [] })
    expect(store.state.problem?.message).toMatch(/key store cannot be used, .* Unlock it and start/)
    expect(store.has(id)).toBe(false)
    expect(failureOf(() => store.read(id)).details).toEqual({ secret: id })
    await store.keep(otherId, other)
    await store.retain([])
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect((await open(path)).store.read(id)).toBe(secret)
  })
})

describe('a store that cannot be opened', () => {
  test.each([
    ['no JSON', '{'],
    ['another shape', `{"version":1,"secrets":[{"id":"${secret}","value":5}]}`],
  ])('because of %s is told of and set aside, and the session goes on', async (_what, content) => {
    const path = newPath()
    await (await open(path)).store.keep(id, secret)
    writeFileSync(path, content)
    const { store, unusable } = await open(path)
    expect(unusable).toEqual([
      expect.objectContaining({ trouble: 'damaged', setAside: expect.stringMatching(/damaged/) }),
    ])
    expect(store.state.problem?.message).toContain(unusable[0]?.setAside)
    expect(store.state.problem?.message).not.toContain(secret)
    await store.keep(otherId, other)
    expect((await open(path)).store.read(otherId)).toBe(other)
    expect(readFileSync(unusable[0]?.setAside ?? '', 'utf8')).toBe(content)
  })

  test('with another key says so, keeps what it cannot read, and reads the rest', async () => {
    const path = newPath()
    const first = await open(path)
    await first.store.keep(id, secret)
    first.cipher.key = 2
    const { store, unusable, changes, cipher } = await open(path, first.cipher)
    await store.keep(otherId, other)
    const before = readFileSync(path, 'utf8')
    const failure = failureOf(() => store.read(id))
    expect(failure.toValue()).toMatchObject({ details: { secret: id } })
    expect(unusable).toEqual([])
    expect(changes.at(-1)).toMatchObject({ store: 'system', kept: [otherId] })
    const problem = store.state.problem?.message
    expect(problem).toMatch(/does not decrypt a secret that is kept here: .* Write it again to replace it\./)
    expect(readFileSync(path, 'utf8')).toBe(before)
    // The former key is there again.
    cipher.key = 1
    expect((await open(path, cipher)).store.read(id)).toBe(secret)
    cipher.key = 2
    await store.keep(id, secret)
    expect((await open(path, cipher)).store.resolve([id, otherId])).toEqual({ [id]: secret, [otherId]: other })
    for (const text of [problem, failure.message]) expect(text).not.toMatch(`${secret}|${other}`)
  })

  test('because the key store does not encrypt keeps secrets for this run', async () => {
    const path = newPath()
    const { store, cipher, changes } = await open(path)
    cipher.breaks = 'encrypt'
    await store.keep(id, secret)
    expect(store.read(id)).toBe(secret)
    expect(changes.at(-1)?.problem).toEqual({
      code: 'file-failed',
      message: "The system's key store did not take a secret. It is kept until the application ends.",
    })
    expect(existsSync(path)).toBe(false)
    cipher.breaks = 'nothing'
    await store.keep(id, secret)
    expect((await open(path)).store.read(id)).toBe(secret)
  })

  test('because it is of a newer version stays as it is', async () => {
    const path = newPath()
    await (await open(path)).store.keep(id, secret)
    writeFileSync(path, '{"version":2}')
    const { store } = await open(path)
    await store.keep(id, secret)
    expect(store.state).toMatchObject({ store: 'this-run', kept: [id], problem: { code: 'file-failed' } })
    expect(readFileSync(path, 'utf8')).toBe('{"version":2}')
  })
})

test('a file that cannot be written is told of, and its secrets are there meanwhile', async () => {
  const path = newPath()
  const { store, unsaved } = await open(path)
  writeFileSync(dirname(path), 'a file where the folder should be')
  await store.keep(id, secret)
  expect(unsaved).toEqual([expect.not.stringContaining(secret)])
  expect(store.read(id)).toBe(secret)
})
