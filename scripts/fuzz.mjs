// npm run fuzz [-- SECONDS]: gives parsers random and damaged bytes, a minute unless told otherwise.
import { runMain } from './lib/say.mjs'
import { runTool } from './lib/tool.mjs'

await runMain(() => {
  const [seconds = '60'] = process.argv.slice(2)
  return runTool('vitest', ['run', '--project', 'pure', 'fuzz.test.ts'], {
    env: { ...process.env, FUZZ_SECONDS: seconds },
  })
})
