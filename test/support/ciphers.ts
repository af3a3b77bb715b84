import type { SecretCipher } from '../../src/main/secrets.ts'

/** What a key store does, and what goes wrong with it. */
export interface TestCipher extends SecretCipher {
  kind: 'system' | 'none'
  /** A key that is another does not decrypt what this one has encrypted. */
  key: number
  breaks: 'encrypt' | 'nothing'
  /** How often it was asked for anything. */
  readonly asked: number
}

/** A key store of a test's own. Its errors repeat what they were given, which no real one promises not to do. */
export function testCipher(kind: TestCipher['kind'] = 'system'): TestCipher {
  let asked = 0
  const cipher: TestCipher = {
    key: 1,
    breaks: 'nothing',
    get asked() {
      return asked
    },
    get kind() {
      asked += 1
      return kind
    },
    set kind(next) {
      kind = next
    },
    encrypt(text: string) {
      if (cipher.breaks === 'encrypt') throw new Error(`cannot encrypt ${text}`)
      return Buffer.from([cipher.key, ...Buffer.from(text).map((byte) => byte ^ 0x55)])
    },
    decrypt(bytes: Buffer) {
      const text = Buffer.from(bytes.subarray(1).map((byte) => byte ^ 0x55)).toString()
      if (bytes[0] !== cipher.key) throw new Error(`cannot decrypt ${text}`)
      return text
    },
  }
  return cipher
}
