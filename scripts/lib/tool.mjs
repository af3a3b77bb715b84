import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { projectFolder } from './paths.mjs'
import { runChild } from './run-child.mjs'

const require = createRequire(import.meta.url)

/**
 * Runs an npm package's command with this Node.js, in the checkout's folder: the same on every platform,
 * where the links in node_modules/.bin are not.
 * @param {string} name of the package and of its command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runTool(name, args, options) {
  const manifestFile = require.resolve(`${name}/package.json`)
  const { bin } = require(manifestFile)
  const script = join(dirname(manifestFile), typeof bin === 'string' ? bin : bin[name])
  return runChild(process.execPath, [script, ...args], { cwd: projectFolder, ...options })
}
