// npm test: every check in turn, the quick ones first; stops at the first that fails.
import { projectFolder } from './lib/paths.mjs'
import { runChild } from './lib/run-child.mjs'
import { runMain, sayOnStdout, secondsSince } from './lib/say.mjs'

const STEPS = ['lint', 'types', 'test:unit', 'build', 'test:e2e']

await runMain(async () => {
  const begun = performance.now()
  const shell = process.platform === 'win32'
  for (const step of STEPS) {
    const started = performance.now()
    sayOnStdout(`\n=== npm run ${step}`)
    const code = await runChild('npm', ['run', '--silent', step], { cwd: projectFolder, shell })
    sayOnStdout(`=== ${step}: ${code === 0 ? 'passed' : `failed with code ${code}`} in ${secondsSince(started)}`)
    if (code !== 0) return code
  }
  sayOnStdout(`\nAll checks passed in ${secondsSince(begun)}.`)
  return 0
})
