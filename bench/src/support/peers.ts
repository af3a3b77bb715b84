import { join } from 'node:path'
import { type Setting, Skipped } from '../bench.ts'
import { Program } from './children.ts'
import type { NativeTools } from './native.ts'
import { type Command, type Placement, place } from './placement.ts'
import { makeRound } from './rounds.ts'

export const messageBytes = 64
/** By then the optimizing compiler has long finished. */
export const warmUpExchanges = 20_000

/** The C programs, for a bench that cannot run without them. */
export function nativeOf({ native }: Setting): NativeTools {
  if (!native) throw new Skipped('there is no libzmq for programs in C')
  return native
}

/** The command that runs a bench program with this Node.js. */
export function nodeCommand(
  { programFolder }: Setting,
  name: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Command {
  return { command: process.execPath, args: [...flags, join(programFolder, `${name}.js`), ...args] }
}

/** Starts a program that starts Electron, with a runtime and a display. */
export function startWithElectron(
  { projectFolder, programFolder }: Setting,
  name: string,
  args: readonly string[],
): Program {
  const provider = join(projectFolder, 'scripts', 'with-electron.mjs')
  return new Program(name, {
    command: process.execPath,
    args: [provider, process.execPath, join(programFolder, `${name}.js`), ...args],
  })
}

/**
 * Starts the server that all clients are measured against, in C where possible. It waits `delayUs` before each reply.
 * Resolves with its endpoint.
 */
export async function startServer(setting: Setting, placement?: Placement, delayUs = 0): Promise<string> {
  const { native } = setting
  if (!native && delayUs > 0) throw new Skipped('a server with a known delay needs libzmq for programs in C')
  const command = native
    ? { command: native.echoServer, args: ['--delay-us', String(delayUs)] }
    : nodeCommand(setting, 'zeromq-server', [])
  return new Program('the echo server', place('server', placement, command)).line()
}

/** Starts a server with CURVE, which lets everybody in who has its public key. */
export async function startCurveServer(
  setting: Setting,
  placement?: Placement,
): Promise<{ readonly endpoint: string; readonly serverKey: string }> {
  const server = new Program(
    'the echo server',
    place('server', placement, nodeCommand(setting, 'zeromq-server', ['curve'])),
  )
  const [endpoint = '', serverKey = ''] = (await server.line()).split(' ')
  return { endpoint, serverKey }
}

/** A client: the engine, the lab's own ZMTP, plain zeromq.js, libzmq in C, or pyzmq. */
export type ClientKind = 'engine' | 'ZMTP' | 'zeromq.js' | 'C' | 'pyzmq'

/** What is here of the clients that this project's are measured beside. */
export function othersBeside({ native, python }: Setting): ClientKind[] {
  return ['zeromq.js', ...(native ? (['C'] as const) : []), ...(python ? (['pyzmq'] as const) : [])]
}

function clientCommand(setting: Setting, kind: ClientKind, args: readonly string[]): Command {
  const { native, python, projectFolder } = setting
  switch (kind) {
    case 'engine':
      return nodeCommand(setting, 'engine-client', args)
    case 'ZMTP':
      return nodeCommand(setting, 'wire-client', args)
    case 'zeromq.js':
      return nodeCommand(setting, 'zeromq-client', args)
    case 'C':
      if (native) return { command: native.requestClient, args }
      break
    case 'pyzmq':
      if (python) return { command: python, args: [join(projectFolder, 'bench/python/request_client.py'), ...args] }
  }
  throw new Skipped(`there is no ${kind} here`)
}

interface ClientPlan {
  readonly endpoint: string
  readonly sockets: number
  readonly placement?: Placement | undefined
  /** The public key of a server with CURVE; only the engine and zeromq.js take one. */
  readonly serverKey?: string
}

/** Starts a client and lets it make some exchanges, so that its code is compiled. */
export async function startClient(
  setting: Setting,
  kind: ClientKind,
  { endpoint, sockets, placement, serverKey }: ClientPlan,
): Promise<Program> {
  const secured = serverKey === undefined ? [] : ['-', serverKey]
  const command = clientCommand(setting, kind, [endpoint, String(sockets), String(messageBytes), ...secured])
  const client = new Program(`the client ${kind}`, place('client', placement, command))
  await makeRound(client, warmUpExchanges)
  return client
}
