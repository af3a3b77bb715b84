import fc from 'fast-check'
import { expect } from 'vitest'
import { CodecError } from '../../../src/shared/codecs/index.ts'
import { readTree } from '../../support/read-tree.ts'

export { readTree }

const ordinary = [...'aZ09 .,"\\/{}[]:\n\r\t\0\x1b\x7f\x85é٣€中\u200e\u2028\ufeff\uffff😀\u{10ffff}']

/** Characters of every relevant length and kind; whole, so that they can be encoded as UTF-8. */
export const character = fc.constantFrom(...ordinary)

/** The same, plus lone surrogates. */
export const characterOrHalf = fc.constantFrom(...ordinary, '\ud83d', '\ude00')

/** Bytes from hex digits, which spaces may separate. */
export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'))
}

/** Hex digits of bytes. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** The codec error that the operation must throw. */
export function codecError(operation: () => unknown): CodecError {
  try {
    operation()
  } catch (error) {
    if (error instanceof CodecError) return error
    throw error
  }
  throw new Error('Expected a CodecError, but nothing was thrown')
}

/** Runs the operation, which must succeed or throw a `CodecError` within `size`. */
export function succeedsOrPointsInto(size: number, operation: () => unknown): void {
  try {
    operation()
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    expect(error.offset).toBeGreaterThanOrEqual(0)
    expect(error.offset + error.length).toBeLessThanOrEqual(size)
    if (error.offset < size) expect(error.length).toBeGreaterThanOrEqual(1)
    expect(error.message).toMatch(/^[^a-z]/)
  }
}

/** Whether the operation succeeds; a library may throw anything. */
export function reads(operation: () => unknown): boolean {
  try {
    operation()
    return true
  } catch {
    return false
  }
}
