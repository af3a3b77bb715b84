import { spawnSync } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Request } from 'zeromq'
import { builtModule } from '../support/built.ts'
import { RunningProgram } from '../support/running-program.ts'

vi.setConfig({ testTimeout: 30_000 })

const canLimit = spawnSync('prlimit', ['--version']).status === 0
const descriptors = 64

function crowd(endpoint: string, size: number): Socket[] {
  const port = Number(endpoint.slice(endpoint.lastIndexOf(':') + 1))
  const sockets = Array.from({ length: size }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  return sockets
}

test.runIf(canLimit)(
  'a server without file descriptors says so, keeps answering, and logs a few lines (needs prlimit)',
  async () => {
    const program = [`--nofile=${descriptors}`, process.execPath, builtModule('crowded')]
    const server = new RunningProgram('prlimit', program)
    const [, endpoint = ''] = await server.until(/^(tcp:.+)$/m)
    const request = new Request({ linger: 0, receiveTimeout: 10_000 })
    onTestFinished(() => request.close())
    request.connect(endpoint)
    const echo = async (text: string) => {
      await request.send(text)
      expect((await request.receive()).map(String)).toEqual([text])
    }
    await echo('before')
    const sockets = crowd(endpoint, 2 * descriptors)
    await server.until(/^trouble: no-descriptors$/m)
    await echo('meanwhile')
    for (const socket of sockets) socket.destroy()
    crowd(endpoint, 1)
    await server.until(/^trouble: null$/m)
    await echo('after')
    server.feed('end\n')
    const { stdout } = await server.ended
    const [, rows, counted] = /^(\d+) rows count (\d+)$/m.exec(stdout) ?? []
    expect(Number(rows)).toBeGreaterThan(0)
    expect(Number(rows)).toBeLessThan(100)
    expect(Number(counted)).toBeGreaterThan(Number(rows))
  },
)
