import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const packages = ['libzmq3-dev', 'gcc', 'libc6-dev', 'python3-zmq']
const installCommand = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
const compileFlags = ['-std=c11', '-D_POSIX_C_SOURCE=200809L', '-O2', '-Wall', '-Wextra', '-Werror']

/** The programs built from C. */
export interface NativeTools {
  readonly echoServer: string
  readonly requestClient: string
  readonly ticker: string
  readonly pushSource: string
  readonly pullSink: string
  readonly streamSender: string
  readonly streamReceiver: string
}

export type Say = (line: string) => void

/** What to compare with: the C programs, and a Python with pyzmq. */
export interface Peers {
  readonly native: NativeTools | undefined
  readonly python: string | undefined
}

const succeeds = (command: string, args: readonly string[]): Promise<boolean> =>
  execute(command, args).then(
    () => true,
    () => false,
  )

/** Debian's Python first: its pyzmq package works only with that one. */
async function findPython(): Promise<string | undefined> {
  for (const python of ['/usr/bin/python3', 'python3']) {
    if (await succeeds(python, ['-c', 'import zmq'])) return python
  }
  return undefined
}

/** Whether a program that uses libzmq can be compiled and linked. */
function hasLibrary(sources: string, folder: string): Promise<boolean> {
  const source = join(sources, 'has_library.c')
  return succeeds('cc', [...compileFlags, '-o', join(folder, 'has_library'), source, '-lzmq', '-pthread'])
}

async function install(say: Say): Promise<void> {
  say(`Installing ${packages.join(', ')} with apt-get, to compare with libzmq in C and with pyzmq.`)
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 << 20 }
  try {
    await execute('apt-get', ['update'], options)
    await execute('apt-get', installCommand.split(' ').slice(1), options)
  } catch (thrown) {
    say(`apt-get failed: ${thrown instanceof Error ? thrown.message.trim().split('\n').at(-1) : String(thrown)}`)
  }
}

async function build(sources: string, folder: string): Promise<NativeTools> {
  const compile = async (name: string) => {
    const program = join(folder, name)
    const files = [join(sources, `${name}.c`), join(sources, 'common.c')]
    await execute('cc', [...compileFlags, '-o', program, ...files, '-lzmq', '-pthread'])
    return program
  }
  return {
    echoServer: await compile('echo_server'),
    requestClient: await compile('request_client'),
    ticker: await compile('ticker'),
    pushSource: await compile('push_source'),
    pullSink: await compile('pull_sink'),
    streamSender: await compile('stream_sender'),
    streamReceiver: await compile('stream_receiver'),
  }
}

/** Builds the C programs and finds pyzmq. Installs missing packages as root; otherwise explains how to. */
export async function providePeers(projectFolder: string, say: Say): Promise<Peers> {
  const sources = join(projectFolder, 'bench', 'native')
  const folder = join(projectFolder, 'out', 'bench', 'native')
  await mkdir(folder, { recursive: true })
  const isComplete = async () => (await hasLibrary(sources, folder)) && (await findPython()) !== undefined
  const mayInstall = process.getuid?.() === 0 && (await succeeds('apt-get', ['--version']))
  if (mayInstall && !(await isComplete())) await install(say)

  const python = await findPython()
  const buildable = await hasLibrary(sources, folder)
  const missing = [...(buildable ? [] : ['libzmq in C']), ...(python === undefined ? ['pyzmq'] : [])]
  if (missing.length > 0) say(`Nothing is compared with ${missing.join(' and ')}. Debian: sudo ${installCommand}`)
  return { native: buildable ? await build(sources, folder) : undefined, python }
}
