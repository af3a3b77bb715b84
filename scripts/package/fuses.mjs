import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'

/** How a fuse that is on stands in the executable. */
const ENABLED = '1'.charCodeAt(0)

/**
 * What the executable may do, burnt into it. It runs this app and nothing else: it is no Node.js (RunAsNode, NODE_OPTIONS,
 * --inspect), and takes the app from its archive only. Where the system has it, the archive must be the one that was
 * packaged. The window's page comes over a scheme of its own, so that file: needs no privileges.
 * @param {NodeJS.Platform} platform
 */
export function fusesFor(platform) {
  return {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: platform !== 'linux',
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  }
}

/** The packager's words for the fuses, as positions in the executable. */
const POSITIONS = /** @type {Record<keyof ReturnType<typeof fusesFor>, FuseV1Options>} */ ({
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
})

/**
 * Reads the fuses of an executable.
 * @param {string} executable on macOS the app's bundle
 * @returns {Promise<Record<string, boolean>>}
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable)
  if (wire.version !== FuseVersion.V1) throw new Error(`${executable} has fuses of an unknown version`)
  return Object.fromEntries(Object.entries(POSITIONS).map(([name, position]) => [name, wire[position] === ENABLED]))
}
