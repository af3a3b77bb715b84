// npm run bench [-- OPTIONS]: builds the benches and runs them. See bench/README.md for what they measure.
import { projectFolder } from '../scripts/lib/paths.mjs'
import { runMain } from '../scripts/lib/say.mjs'
import { runTool } from '../scripts/lib/tool.mjs'

await runMain(async () => {
  const built = await runTool('vite', ['build', '--config', 'bench/vite.bench.config.ts', '--logLevel', 'warn'])
  if (built !== 0) return built
  const { runBenches } = await import('../out/bench/main.js')
  return runBenches(process.argv.slice(2), { projectFolder, runTool })
})
