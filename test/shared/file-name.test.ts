import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeFileName } from '../../src/shared/file-name.ts'

test.each([
  ['report.html', 'report.html'],
  ['Grüße 日本.json', 'Grüße 日本.json'],
  ['../../.ssh/authorized_keys', 'authorized_keys'],
  ['C:\\Windows\\system32\\x.dll', 'x.dll'],
  ['/etc/passwd', 'passwd'],
  ['.bashrc', 'bashrc'],
  ['...', 'file'],
  ['', 'file'],
  ['a/', 'file'],
  ['invoice\u202efdp.exe', 'invoice-fdp.exe'],
  ['a\u0000b\nc.txt', 'a-b-c.txt'],
  ['CON', '_CON'],
  ['nul.json', '_nul.json'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['console.log', 'console.log'],
  ['name. ', 'name'],
  ['a:b*c?.txt', 'a-b-c-.txt'],
  [`${'x'.repeat(300)}.html`, `${'x'.repeat(100)}.html`],
])('%j becomes %j', (proposed, expected) => {
  expect(safeFileName(proposed)).toBe(expected)
})

const anyCharacter = fc.oneof(
  fc.constantFrom(...'./\\:-_ acon1\n\0é日😀\u202e\ud800'),
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
)

test('any name becomes one that leads nowhere and is short', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 400 }), (proposed) => {
      const name = safeFileName(proposed)
      expect(name).toMatch(/^[^/\\:.\p{C}][^/\\:\p{C}]*$/u)
      expect(new TextEncoder().encode(name).byteLength).toBeLessThanOrEqual(255)
      expect(safeFileName(name)).toBe(name)
    }),
  )
})
