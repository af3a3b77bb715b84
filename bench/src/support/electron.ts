import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Chromium does not start its sandbox as root. Its messages about a missing desktop help nobody. */
export const machineSwitches: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--log-level=3',
]

export type Application = 'inspector' | 'blank'

/** The folder that Electron is started with for either application. */
export function applicationFolder(application: Application, projectFolder: string): string {
  return application === 'inspector' ? projectFolder : join(projectFolder, 'bench', 'fixtures', 'blank-app')
}

/** How long a window is left idle before measuring, and how long it is measured. */
const idleTimes = { BENCH_SETTLE_MS: '4000', BENCH_WATCH_MS: '8000' }

const endLimitMs = 30_000

let current: ChildProcess | undefined

/** Runs Electron until it ends, one at a time. `watch` receives the process when it starts. */
export async function runElectron(args: readonly string[], watch: (child: ChildProcess) => void): Promise<void> {
  const executable = process.env.ELECTRON_EXEC_PATH
  if (executable === undefined) throw new Error('this program runs under scripts/with-electron.mjs')
  const child = spawn(executable, [...machineSwitches, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...idleTimes },
  })
  current = child
  const timer = setTimeout(() => child.kill('SIGKILL'), endLimitMs)
  watch(child)
  const [code, signal] = await once(child, 'exit')
  clearTimeout(timer)
  current = undefined
  if (code !== 0) throw new Error(`Electron ended with ${signal ?? `code ${code}`}`)
}

// Ending this program ends what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    current?.kill('SIGKILL')
    process.exit(1)
  })
}
