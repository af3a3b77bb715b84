import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../lib/paths.mjs'

const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'))

/** What the packages say of the app, each word once. */
export const product = {
  name: 'zeromq-inspector',
  title: 'ZeroMQ Inspector',
  commandLine: 'zmq-inspector',
  version: /** @type {string} */ (manifest.version),
  description: /** @type {string} */ (manifest.description),
  appId: 'org.zeromq-inspector.app',
  /** Links of this scheme open the app. */
  scheme: 'zmq-inspector',
  keywords: ['ZeroMQ', 'ZMQ', '0MQ', 'REQ', 'REP', 'message', 'latency', 'socket'],
  author: 'The ZeroMQ Inspector authors',
}

/**
 * The version in the names of files.
 * @param {string | undefined} testBuild why the packages are for tests only, if they are
 */
export const versionInNames = (testBuild) => (testBuild ? `${product.version}-test-build` : product.version)

/** Where everything that is packaged goes. */
export const releaseFolder = join(projectFolder, 'release')

/** The sizes of the icon, in pixels. */
export const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
