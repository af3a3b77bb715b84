import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { whyUnofficial } from '../../scripts/package/provenance.mjs'

/** A ZIP archive whose files are stored as they are. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    entries.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, entry, Buffer.from(name))
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), content])
    parts.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, directory, end])
}

const name = 'electron-v45.4.1-linux-x64.zip'
const files = { version: '45.4.1', electron: 'machine code', 'locales/en-US.pak': 'words', 'electron.d.ts': 'types' }

/** A runtime as Electron's installer leaves it, and the download beside it. */
function installed(archive = zipOf(files)) {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-provenance-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [runtime, cache] = [join(folder, 'dist'), join(folder, 'cache')]
  mkdirSync(join(runtime, 'locales'), { recursive: true })
  for (const [path, text] of Object.entries(files))
    if (path !== 'electron.d.ts') writeFileSync(join(runtime, path), text)
  mkdirSync(join(cache, 'ab12'), { recursive: true })
  writeFileSync(join(cache, 'ab12', name), archive)
  const checksums = { [name]: createHash('sha256').update(zipOf(files)).digest('hex') }
  return { runtime, cache, checksums, version: '45.4.1', platform: 'linux', architecture: 'x64' }
}

describe('a runtime', () => {
  it('is the official one when it is what the release holds, whose check sum is right', async () => {
    expect(await whyUnofficial(installed())).toBeUndefined()
  })

  it.each([
    ['another version', 'version', '33.2.1', /^its runtime is Electron 33\.2\.1, and not the official 45\.4\.1$/],
    ['a changed file', 'electron', 'other code', /^its runtime is not the official release: electron was changed$/],
    ['a file too many', 'locales/spy.js', 'x', /^its runtime is not .*: locales.spy\.js does not belong to it$/],
  ])('with %s is not', async (_what, path, text, expected) => {
    const facts = installed()
    writeFileSync(join(facts.runtime, path), text)
    expect(await whyUnofficial(facts)).toMatch(expected)
  })

  it('without one of its files is not', async () => {
    const facts = installed()
    rmSync(join(facts.runtime, 'locales/en-US.pak'))
    expect(await whyUnofficial(facts)).toMatch(/: locales\/en-US\.pak is missing$/)
  })

  it('from another archive, or from none that is here, is not', async () => {
    const other = installed(zipOf({ ...files, electron: 'other code' }))
    writeFileSync(join(other.runtime, 'electron'), 'other code')
    expect(await whyUnofficial(other)).toMatch(/electron-v45\.4\.1-linux-x64\.zip is not the official release$/)
    const facts = installed()
    rmSync(join(facts.cache, 'ab12'), { recursive: true })
    expect(await whyUnofficial(facts)).toMatch(/could be compared, is not in /)
    expect(await whyUnofficial({ ...installed(), architecture: 'riscv64' })).toMatch(
      /has no electron-v45\.4\.1-linux-riscv64/,
    )
  })
})
