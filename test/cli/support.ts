import { onTestFinished } from 'vitest'
import { Request } from 'zeromq'
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
