// npm run package: makes the packages for the platform that it runs on, into release/.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'electron-builder'
import { provideRuntime } from './electron-runtime.mjs'
import { officialVersion } from './lib/official-runtime.mjs'
import { findProgram, projectFolder } from './lib/paths.mjs'
import { PlainError, runMain, sayOnStdout as say, secondsSince } from './lib/say.mjs'
import { runTool } from './lib/tool.mjs'
import { makeAppImage } from './package/app-image.mjs'
import { checkSizes } from './package/budget.mjs'
import { configurationFor } from './package/configuration.mjs'
import { makeDebianPackage } from './package/debian.mjs'
import { packagedApp } from './package/layout.mjs'
import { releaseFolder } from './package/product.mjs'
import { whyUnofficial } from './package/provenance.mjs'
import { makeTarball } from './package/tarball.mjs'

const { platform, arch: architecture } = process

/** Builds what is packaged, from nothing: what is left of an earlier build would be packaged too. */
async function buildApp() {
  const folders = ['main', 'preload', 'renderer', 'cli']
  for (const folder of folders) await rm(join(projectFolder, 'out', folder), { recursive: true, force: true })
  const built = await runTool('electron-vite', ['build', '--logLevel', 'warn'])
  if (built !== 0) throw new PlainError('The app could not be built.')
  const commandLine = await runTool('vite', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'])
  if (commandLine !== 0) throw new PlainError('The command line could not be built.')
  // Tells Node.js that these are modules: the app's own manifest is in the archive, where it does not look.
  await writeFile(join(projectFolder, 'out', 'cli', 'package.json'), '{ "type": "module" }\n')
}

/**
 * The packager unpacks the app on Linux and makes whole packages elsewhere; on Linux they are made here, because its
 * tools for them are not in the registry.
 * @param {import('electron-builder').Configuration} config
 * @param {string} electronVersion
 * @param {string | undefined} testBuild
 * @returns {Promise<string[]>}
 */
async function makePackages(config, electronVersion, testBuild) {
  const made = await build({ projectDir: projectFolder, publish: 'never', config })
  if (platform !== 'linux') return made.filter((path) => /\.(dmg|zip|exe)$/.test(path))
  const { app } = packagedApp()
  const packages = [await makeTarball({ app, architecture, testBuild })]
  if (findProgram('dpkg-deb')) packages.push(await makeDebianPackage({ app, electronVersion, architecture, testBuild }))
  else say('No .deb: dpkg-deb, which makes it, is not on this system.')
  packages.push(...(await makeAppImage({ app, architecture, projectFolder }, config, say)))
  return packages
}

await runMain(async () => {
  const started = performance.now()
  const runtime = await provideRuntime(say)
  const electronVersion = (await readFile(join(runtime, 'version'), 'utf8')).trim().replace(/^v/, '')
  const testBuild = await whyUnofficial({ runtime, version: officialVersion(), platform, architecture })
  if (testBuild) say(`Test build, not to be given to other people: ${testBuild}.`)
  await buildApp()
  await rm(releaseFolder, { recursive: true, force: true })
  const config = configurationFor({ runtime, electronVersion, platform, architecture, testBuild })
  const packages = await makePackages(config, electronVersion, testBuild)
  await rm(join(releaseFolder, 'builder-debug.yml'), { force: true })
  await checkSizes(packagedApp().resources, packages, say)
  say(
    `${testBuild ? 'Packaged a test build' : 'Packaged'} with Electron ${electronVersion} in ${secondsSince(started)}: release/`,
  )
  return 0
})
