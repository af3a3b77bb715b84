import { Arch, build, Platform } from 'electron-builder'

const TOOLS = process.env.ELECTRON_BUILDER_BINARIES_MIRROR ?? 'https://github.com/electron-userland/'
const ANSWER_LIMIT_MS = 5000

/**
 * Makes the AppImage from the unpacked app, where the tool for it can be fetched.
 * @param {{ app: string, architecture: string, projectFolder: string }} facts
 * @param {import('electron-builder').Configuration} config
 * @param {import('../lib/say.mjs').Say} say
 * @returns {Promise<string[]>} what was made
 */
export async function makeAppImage({ app, architecture, projectFolder }, config, say) {
  const { host } = new URL(TOOLS)
  const reachable = await fetch(TOOLS, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).then(
    () => true,
    () => false,
  )
  if (!reachable) {
    say(`No AppImage: the tool that makes it comes from ${host}, which cannot be reached from here.`)
    return []
  }
  try {
    const targets = Platform.LINUX.createTarget(['AppImage'], architecture === 'arm64' ? Arch.arm64 : Arch.x64)
    return await build({ projectDir: projectFolder, prepackaged: app, targets, publish: 'never', config })
  } catch (error) {
    say(`No AppImage: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`)
    return []
  }
}
