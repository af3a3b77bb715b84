import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replaceFile } from '../../../src/engine/files/replace-file.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))
const modeOf = (path: string): number => statSync(path).mode & 0o777
const onWindows = process.platform === 'win32'

describe('a file', () => {
  test('is written whole from text, bytes and parts', async () => {
    const folder = newFolder()
    const path = join(folder, 'file')
    await replaceFile(path, 'text ä')
    expect(readFileSync(path, 'utf8')).toBe('text ä')
    await replaceFile(path, Uint8Array.of(0, 255))
    expect([...readFileSync(path)]).toEqual([0, 255])
    const parts = Array.from({ length: 30_000 }, (_, index) => `line ${index} of many\n`)
    await replaceFile(path, parts)
    expect(readFileSync(path, 'utf8')).toBe(parts.join(''))
    await replaceFile(
      path,
      (async function* () {
        yield 'one '
        yield 'two'
      })(),
    )
    expect(readFileSync(path, 'utf8')).toBe('one two')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('stays as it was when the writing fails, and nothing else is left', async () => {
    const folder = newFolder()
    const path = join(folder, 'file')
    await replaceFile(path, 'before')
    async function* failing() {
      yield 'a part'
      throw new Error('no more')
    }
    await expect(replaceFile(path, failing())).rejects.toThrow('no more')
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['file'])
    await replaceFile(path, 'after')
    expect(readFileSync(path, 'utf8')).toBe('after')
  })

  test('gets the last of many contents asked for at once', async () => {
    const path = join(newFolder(), 'file')
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => replaceFile(path, `${index}`.repeat(1000 * (20 - index)))),
    )
    expect(readFileSync(path, 'utf8')).toBe('19'.repeat(1000))
  })

  test('that is a folder is refused', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'taken'))
    await expect(replaceFile(join(folder, 'taken'), 'x')).rejects.toThrow('not a regular file')
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  test.skipIf(onWindows)('that is a device is refused, and not replaced', async () => {
    await expect(replaceFile('/dev/null', 'x')).rejects.toThrow('not a regular file')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test.skipIf(onWindows)('behind a link is replaced, and the link stays', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'real'), 'before')
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    await replaceFile(join(folder, 'link'), 'after')
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('after')
    expect(readlinkSync(join(folder, 'link'))).toBe(join(folder, 'real'))
  })

  test.skipIf(onWindows)('behind a link that leads nowhere is refused, and the link stays', async () => {
    const folder = newFolder()
    symlinkSync(join(folder, 'not-mounted'), join(folder, 'link'))
    await expect(replaceFile(join(folder, 'link'), 'x')).rejects.toThrow('a link to a file that is not there')
    expect(readdirSync(folder)).toEqual(['link'])
  })

  test('leaves the files of others alone, whatever their names', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file.new'), 'of somebody else')
    mkdirSync(join(folder, 'file.partial'))
    const long = 'x'.repeat(250)
    await replaceFile(join(folder, 'file'), 'content')
    await replaceFile(join(folder, long), 'content')
    expect(readdirSync(folder).sort()).toEqual(['file', 'file.new', 'file.partial', long])
    expect(readFileSync(join(folder, 'file.new'), 'utf8')).toBe('of somebody else')
  })

  test.skipIf(onWindows)('keeps its permissions, unless others are asked for', async () => {
    const path = join(newFolder(), 'file')
    writeFileSync(path, 'x', { mode: 0o640 })
    await replaceFile(path, 'y')
    expect(modeOf(path)).toBe(0o640)
    // More than the system's mask would let a new file have.
    chmodSync(path, 0o666)
    await replaceFile(path, 'y')
    expect(modeOf(path)).toBe(0o666)
    await replaceFile(path, 'z', 0o600)
    expect(modeOf(path)).toBe(0o600)
  })
})
