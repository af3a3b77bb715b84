import { product } from './product.mjs'

/** What the executable links against. Newer releases renamed some when their time values became 64 bits wide. */
const LIBRARIES = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.31)',
  'libcairo2',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
]

/** Debian's names of architectures, by those of Node.js. */
export const debianArchitectures = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64' })

/**
 * A test build counts as older than the release of the same version, which then replaces it.
 * @param {string | undefined} testBuild
 */
export const debianVersion = (testBuild) => (testBuild ? `${product.version}~test-build` : product.version)

/**
 * What the package says of itself. Node.js is only suggested: with one that is new enough, as Debian 12's is not, the
 * command line starts sooner.
 * @param {string} architecture Node.js's name of it
 * @param {number} installedBytes
 * @param {string} [testBuild] why it is for tests only, if it is
 */
export function controlFile(architecture, installedBytes, testBuild) {
  return `Package: ${product.name}
Version: ${debianVersion(testBuild)}
Section: devel
Priority: optional
Architecture: ${debianArchitectures[architecture]}
Maintainer: ${product.author} <authors@zeromq-inspector.invalid>
Installed-Size: ${Math.ceil(installedBytes / 1024)}
Depends: ${LIBRARIES.join(', ')}
Recommends: libsecret-1-0, xdg-utils
Suggests: nodejs (>= 20.19)
Description: inspector for ZeroMQ services
 ${product.description}
 .
 The command line is ${product.commandLine}. It runs on Node.js 20.19 or newer where
 there is one, and without it elsewhere.
${testBuild ? ` .\n This is a test build: ${testBuild}.\n` : ''}`
}
