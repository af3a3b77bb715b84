import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { PlainError } from './say.mjs'

/**
 * Refuses a file whose contents are not the expected ones.
 * @param {string} file
 * @param {string} integrity in npm's notation: `sha512-` and the digest in base64
 */
export async function verifyIntegrity(file, integrity) {
  const algorithm = integrity.slice(0, integrity.indexOf('-'))
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  const found = `${algorithm}-${hash.digest('base64')}`
  if (found !== integrity) {
    throw new PlainError(`${file} is not the file expected:\n  expected ${integrity}\n  found    ${found}`)
  }
}
