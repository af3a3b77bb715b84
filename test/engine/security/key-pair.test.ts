import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curveKeyPair } from 'zeromq'
import { checkPair, newKeyPair, publicKeyOf } from '../../../src/engine/security/key-pair.ts'
import { keyText, parsePublicKey } from '../../../src/shared/zmq/keys.ts'
import { tries } from '../../support/nightly.ts'
import { refusalOf } from '../../support/refusal.ts'

const secretKeys = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((bytes) => bytes.some((byte) => byte !== 0))
  .map(keyText)

describe('the public key of a secret one', () => {
  test('is that of libzmq', () => {
    for (let pair = 0; pair < 50; pair += 1) {
      const { publicKey, secretKey } = curveKeyPair()
      expect(publicKeyOf(secretKey)).toBe(publicKey)
    }
  })

  test('is a key for any secret one, always the same', () => {
    fc.assert(
      fc.property(secretKeys, (secretKey) => {
        const publicKey = publicKeyOf(secretKey)
        expect(parsePublicKey(publicKey)).toBe(publicKey)
        expect(publicKeyOf(` "${secretKey}" `)).toBe(publicKey)
        expect(checkPair(publicKey, secretKey)).toEqual({ publicKey, secretKey })
      }),
      tries(100, 5000),
    )
  })
})

test('a new pair belongs together, and is another each time', () => {
  const pairs = [newKeyPair(), newKeyPair(), newKeyPair()]
  for (const { publicKey, secretKey } of pairs)
    expect(checkPair(publicKey, secretKey)).toEqual({ publicKey, secretKey })
  expect(new Set(pairs.flatMap(({ publicKey, secretKey }) => [publicKey, secretKey])).size).toBe(6)
})

describe('a pair is refused', () => {
  const { publicKey, secretKey } = newKeyPair()
  const other = newKeyPair()

  test('with the public key in both places', () => {
    const message = refusalOf(() => checkPair(publicKey, publicKey))
    expect(message).toBe('This is the public key where the secret one belongs.')
  })

  test('with the keys in each other’s place, without telling the secret one', () => {
    const message = refusalOf(() => checkPair(secretKey, publicKey))
    expect(message).toBe('The two keys are in the wrong places: the secret key stands for the public one.')
    expect(message).not.toContain(secretKey)
  })

  test('when the public key is of another pair, with the one that is right', () => {
    const message = refusalOf(() => checkPair(other.publicKey, secretKey))
    expect(message).toBe(`The public key does not belong to the secret key. Its public key is ${publicKey}`)
    expect(message).not.toContain(secretKey)
  })

  test('with half a key', () => {
    expect(refusalOf(() => checkPair(publicKey, secretKey.slice(20)))).toMatch(/^This is half a secret key/)
  })
})
