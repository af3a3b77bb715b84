import { execFile } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The machine that the figures come from. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryBytes: number
  readonly node: string
  /** The versions of pyzmq and of the libzmq that it and the C programs use; null without them. */
  readonly pyzmq: string | null
  /**
   * Average number of runnable programs in the last minute: on a busy machine, the figures reflect other programs too.
   */
  readonly load: number
  /** A one-line summary. */
  readonly words: string
}

async function versionsOf(python: string): Promise<string> {
  const { stdout } = await execute(python, [
    '-c',
    "import zmq; print(f'{zmq.__version__} on libzmq {zmq.zmq_version()}')",
  ])
  return stdout.trim()
}

export async function readMachine(python: string | undefined): Promise<Machine> {
  const processor = cpus()[0]?.model ?? 'unknown processor'
  const cores = cpus().length
  const memoryBytes = totalmem()
  const node = process.versions.node
  const pyzmq = python === undefined ? null : await versionsOf(python)
  const [load = 0] = loadavg()
  const words = [
    `${cores} × ${processor}`,
    `${Math.round(memoryBytes / 1e9)} GB`,
    `Node.js ${node}`,
    ...(pyzmq === null ? [] : [`pyzmq ${pyzmq}`]),
    `load ${load.toFixed(1)} before the start`,
  ].join(', ')
  return { processor, cores, memoryBytes, node, pyzmq, load, words }
}
