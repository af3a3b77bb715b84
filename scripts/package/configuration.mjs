import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { shippedFiles, unpackedFiles } from './contents.mjs'
import { fusesFor } from './fuses.mjs'
import { product, versionInNames } from './product.mjs'

/**
 * What electron-builder is to do, on every platform.
 * @param {{ runtime: string, electronVersion: string, platform: NodeJS.Platform, architecture: string, testBuild?: string | undefined }} facts
 *   `testBuild` is why the packages are for tests only, if they are
 * @returns {import('electron-builder').Configuration}
 */
export function configurationFor({ runtime, electronVersion, platform, architecture, testBuild }) {
  const signed = Boolean(process.env.CSC_LINK || process.env.CSC_NAME)
  /** The packager replaces what is in braces here. */
  const artifactName = (suffix = '') => `${product.name}-${versionInNames(testBuild)}-\${os}-\${arch}${suffix}.\${ext}`
  return {
    appId: product.appId,
    productName: product.title,
    copyright: `Copyright (c) 2026 ${product.author}`,
    directories: { output: 'release', buildResources: 'build' },
    electronDist: runtime,
    electronVersion,
    // The packages' own binaries are used: they are built for every Node.js and every Electron at once.
    npmRebuild: false,
    publish: null,
    files: shippedFiles(platform, architecture),
    asar: true,
    asarUnpack: unpackedFiles,
    extraResources: [
      { from: 'LICENSE', to: 'LICENSE.txt' },
      { from: `build/bin/${commandFile(platform)}`, to: `bin/${commandFile(platform)}` },
    ],
    // The first tells desktops on Linux which menu entry the window belongs to.
    // The last is shown in About (src/main/versions.ts).
    extraMetadata: {
      desktopName: `${product.name}.desktop`,
      author: product.author,
      ...(testBuild ? { testBuild } : {}),
    },
    // Chromium's own words, such as those of a file dialog; the app's are English.
    electronLanguages: ['en', 'en-US'],
    electronFuses: fusesFor(platform),
    afterPack: removeDefaultApp,
    protocols: [{ name: product.title, schemes: [product.scheme] }],
    artifactName: artifactName(),
    linux: {
      target: ['dir'],
      executableName: product.name,
      icon: 'build/icons',
      category: 'Development',
      syncDesktopName: true,
      mimeTypes: [`x-scheme-handler/${product.scheme}`],
    },
    mac: {
      target: ['dmg', 'zip'],
      icon: 'build/icon.icns',
      category: 'public.app-category.developer-tools',
      // Apple silicon runs nothing unsigned. Without a certificate the signature names nobody, and the hardened runtime
      // would then refuse Electron's own libraries.
      ...(signed ? {} : { identity: '-', hardenedRuntime: false }),
    },
    win: {
      target: ['nsis', 'portable'],
      icon: 'build/icon.ico',
      executableName: product.name,
    },
    nsis: {
      artifactName: artifactName('-setup'),
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
    },
    portable: { artifactName: artifactName('-portable') },
  }
}

/** @param {NodeJS.Platform} platform */
export function commandFile(platform) {
  return platform === 'win32' ? `${product.commandLine}.cmd` : product.commandLine
}

/**
 * The app that a bare runtime shows. It is copied along from an unpacked runtime.
 * @param {import('electron-builder').AfterPackContext} context
 */
async function removeDefaultApp({ packager, appOutDir }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
