// node scripts/electron-runtime.mjs: makes an Electron runtime available and prints its folder, fit for
// ELECTRON_OVERRIDE_DIST_PATH, as the last line.
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { downloadOfficialRuntime, findOfficialRuntime, officialVersion } from './lib/official-runtime.mjs'
import {
  buildRegistryRuntime,
  findRegistryRuntime,
  registryPlatform,
  registryVersion,
} from './lib/registry-runtime.mjs'
import { chooseRuntime } from './lib/runtime-choice.mjs'
import { PlainError, runMain, sayOnStdout } from './lib/say.mjs'

/** @type {Record<string, string>} */
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * @param {string} folder a runtime's folder
 * @returns {string} its executable
 */
export function runtimeExecutable(folder) {
  return join(folder, EXECUTABLES[process.platform] ?? 'electron')
}

/**
 * Finds or fetches a runtime, and says in one line which it is and why.
 * @param {import('./lib/say.mjs').Say} say
 * @returns {Promise<string>} its folder
 */
export async function provideRuntime(say) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const registryFits = `${process.platform}-${process.arch}` === registryPlatform
  const official = findOfficialRuntime()
  const cached = registryFits ? await findRegistryRuntime() : undefined
  const overrideUsable = Boolean(override && existsSync(runtimeExecutable(override)))
  /** @type {(what: string, folder: string) => string} */
  const chosen = (what, folder) => {
    say(`Electron runtime: ${what}.`)
    return folder
  }

  const choice = chooseRuntime({ override, overrideUsable, official, cached, registryFits })
  if (choice === 'reject-override') {
    throw new PlainError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${override}, but there is no ${runtimeExecutable(override ?? '')}. ` +
        'Correct it or unset it.',
    )
  }
  if (choice === 'use-override') return chosen('the one that ELECTRON_OVERRIDE_DIST_PATH names', override ?? '')
  if (choice === 'use-official') return chosen(`official ${officialVersion()}, installed`, official ?? '')
  if (choice === 'use-cached') {
    return chosen(`${registryVersion} from the npm registry, in the cache; no official build is here`, cached ?? '')
  }

  const download = await downloadOfficialRuntime(say)
  if ('folder' in download) return chosen(`official ${officialVersion()}, just downloaded`, download.folder)
  const reason = `the official build could not be downloaded (${download.failure})`
  if (choice === 'download') {
    throw new PlainError(
      `No Electron runtime: ${reason}, and only ${registryPlatform} has one in the npm registry. Set ` +
        'ELECTRON_MIRROR to a server that has the official builds, or ELECTRON_OVERRIDE_DIST_PATH to the folder of one.',
    )
  }
  say(`No luck: ${reason}.`)
  return chosen(`${registryVersion} from the npm registry; ${reason}`, await buildRegistryRuntime(say))
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    sayOnStdout(await provideRuntime(sayOnStdout))
    return 0
  })
}
