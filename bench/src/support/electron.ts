import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Chromium refuses its sandbox to root, and says so instead of starting. What it says of a missing desktop helps nobody. */
export const machineSwitches: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--log-level=3',
]

export type Application = 'inspector' | 'blank'

/** What Electron is started with to run one of the two. */
export function applicationFolder(application: Application, projectFolder: string): string {
  return application === 'inspector' ? projectFolder : join(projectFolder, 'bench', 'fixtures', 'blank-app')
}

/** How long a window is left alone before it is looked at, and how long it is then watched. */
const idleTimes = { BENCH_SETTLE_MS: '4000', BENCH_WATCH_MS: '8000' }

const endLimitMs = 30_000

let current: ChildProcess | undefined

/** Runs Electron until it ends. One at a time. `watch` sees the process as it begins. */
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

// Whoever ends this program ends what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    current?.kill('SIGKILL')
    process.exit(1)
  })
}
