import { describe, expect, it } from 'vitest'
import { toErrorValue } from '../../src/shared/errors.ts'
import { cureOf, explanationOf, reasonOf, sentenceOf } from '../../src/shared/reason.ts'
import { z } from '../../src/shared/schema.ts'

const systemError = (code: string, message: string) => Object.assign(new Error(message), { code, syscall: 'write' })

const faultOf = (schema: z.ZodType, value: unknown) => reasonOf(schema.safeParse(value).error)

describe('reasonOf', () => {
  it.each([
    ['ENOSPC', 'ENOSPC: no space left on device, write', 'the disk is full'],
    ['EROFS', "EROFS: read-only file system, open '/a/b'", 'the file system is read-only'],
    ['EISDIR', 'EISDIR: illegal operation on a directory, read', 'it is a folder, not a file'],
    ['EPIPE', 'write EPIPE', 'nobody reads the output any more'],
    ['ENOTBLK', "ENOTBLK: block device required, open '/a, b'", 'block device required (ENOTBLK)'],
  ])('words what the system says: %s', (code, message, expected) => {
    expect(reasonOf(systemError(code, message))).toBe(expected)
  })

  it('leaves what ZeroMQ says alone, though it has the same codes', () => {
    expect(reasonOf(Object.assign(new Error('Invalid argument'), { code: 'EINVAL' }))).toBe('Invalid argument')
  })

  it.each([
    ['SQLITE_FULL', 'the disk is full'],
    ['SQLITE_IOERR_WRITE', 'the disk failed to read or write'],
    ['SQLITE_READONLY_DBMOVED', 'the file can only be read, not written'],
    ['SQLITE_CORRUPT_VTAB', 'the file is damaged'],
    ['SQLITE_NOTADB', 'the file is not an SQLite database'],
    ['SQLITE_BUSY', 'another program has locked the file'],
  ])('words what SQLite says: %s', (code, expected) => {
    expect(reasonOf(Object.assign(new Error('some words'), { code }))).toBe(expected)
  })

  it.each([
    [14, /^the file cannot be opened/],
    [8 | (1 << 8), /^the file can only be read/],
    [99, /^SQLite cannot open the file \(code 99\)$/],
  ])('words the failure of libsql to open a file: %i', (code, expected) => {
    const message = `ConnectionFailed("Unable to open connection to local database /a: 1/log.sqlite: ${code}")`
    expect(reasonOf(new Error(message))).toMatch(expected)
  })

  it.each([
    [
      z.object({ a: z.array(z.object({ b: z.number() })) }),
      { a: [{ b: 'x' }] },
      'a[0].b should be a number, but is text',
    ],
    [z.object({ a: z.string() }), {}, 'a is missing'],
    [z.object({ a: z.string() }), [], 'the document should be an object, but is a list'],
    [z.object({ a: z.int() }), { a: 1.5 }, 'a should be a whole number, but is a number'],
    [z.object({ a: z.enum(['x', 'y']) }), { a: 'z' }, 'a is none of the values that are allowed'],
    [z.object({ a: z.number().max(3) }), { a: 4 }, 'a is larger or longer than is allowed'],
    [z.object({ a: z.union([z.string(), z.number()]) }), { a: null }, 'a has none of the forms that are allowed'],
    [z.object({ a: z.string().refine((a) => a === 'x', 'not x') }), { a: 'y' }, 'a is not valid (not x)'],
  ])('words what a schema found', (schema, value, expected) => {
    expect(faultOf(schema, value)).toBe(expected)
  })

  it('tells anything else as it was thrown', () => {
    expect(reasonOf(new Error('the socket is closed'))).toBe('the socket is closed')
    expect(reasonOf('only text')).toBe('only text')
    expect(reasonOf(Object.create(null))).toBe('[object Object]')
  })
})

describe('explanationOf', () => {
  it('ends with what helps, where that is known', () => {
    expect(cureOf(systemError('ENOSPC', 'ENOSPC: no space left on device, write'))).toMatch(/^Free some space/)
    expect(explanationOf(systemError('ENOSPC', 'ENOSPC: no space left on device, write'))).toBe(
      'the disk is full. Free some space there, then try again.',
    )
    expect(explanationOf(new Error('it is closed.'))).toBe('it is closed.')
    expect(sentenceOf(new Error('it is closed'))).toBe('It is closed.')
  })
})

describe('an error value', () => {
  it('tells what the system says as a sentence, and not as a mistake of the application', () => {
    expect(toErrorValue(systemError('EROFS', "EROFS: read-only file system, open '/a'"))).toEqual({
      code: 'file-failed',
      message: 'The file system is read-only. Choose another place.',
    })
    expect(toErrorValue(new TypeError('x is not a function'))).toEqual({
      code: 'internal',
      message: 'X is not a function.',
    })
  })
})
