import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../scripts/default-app/command-line.mjs'
import { packAsar } from '../../scripts/lib/asar.mjs'

describe("the default app's command line", () => {
  it('takes the first argument that is not a switch as the app', () => {
    expect(readCommandLine(['--no-sandbox', 'app', 'other', '-r', 'late'])).toEqual({ appPath: 'app', modules: [] })
  })

  it('runs the current folder when no app is named', () => {
    expect(readCommandLine([])).toEqual({ appPath: '.', modules: [] })
    expect(readCommandLine(['--inspect=0'])).toEqual({ appPath: '.', modules: [] })
  })

  it('collects the modules to load first', () => {
    expect(readCommandLine(['-r', 'a.js', '--inspect=0', '--require', 'b.js', '.'])).toEqual({
      appPath: '.',
      modules: ['a.js', 'b.js'],
    })
  })

  it('refuses -r without a module', () => {
    expect(() => readCommandLine(['-r'])).toThrow('needs the name of a module')
  })
})

describe('the archive it is packed in', () => {
  it('has an index of names, offsets and sizes, then the contents', () => {
    const archive = packAsar({ 'a.txt': Buffer.from('first'), 'b.txt': Buffer.from('second') })
    const headerSize = archive.readUInt32LE(4)
    const index = JSON.parse(archive.subarray(16, 16 + archive.readUInt32LE(12)).toString())
    expect(index).toEqual({ files: { 'a.txt': { offset: '0', size: 5 }, 'b.txt': { offset: '5', size: 6 } } })
    expect(headerSize % 4).toBe(0)
    expect(archive.subarray(8 + headerSize).toString()).toBe('firstsecond')
  })
})
