import { onTestFinished } from 'vitest'
import { Reply, Request } from 'zeromq'
import { type RunningProgram, runNode } from '../support/running-program.ts'

/** Starts the command line's server on a free port. */
export async function serverOf(
  program: string,
  ...args: string[]
): Promise<{ server: RunningProgram; endpoint: string }> {
  const server = runNode(program, 'server', '--endpoint', 'tcp://127.0.0.1:0', ...args)
  const [, endpoint = ''] = await server.until(/(tcp:\/\/[\d.]+:\d+)/)
  return { server, endpoint }
}

/** A bare client, to send what the command line would not. */
export function connectRequest(endpoint: string): Request {
  const request = new Request({ linger: 0 })
  onTestFinished(() => request.close())
  request.connect(endpoint)
  return request
}

/** A REP of the test's own that echoes. Returns its endpoint. Quicker than a server in a process of its own. */
export async function echoPeer(): Promise<string> {
  const reply = new Reply({ linger: 0 })
  onTestFinished(() => reply.close())
  await reply.bind('tcp://127.0.0.1:*')
  const echo = async () => {
    for (;;) await reply.send(await reply.receive())
  }
  // It ends when its socket is closed.
  echo().catch(() => undefined)
  return reply.lastEndpoint ?? ''
}
