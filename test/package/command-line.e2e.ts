import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { product } from '../../scripts/package/product.mjs'
import { parseRunJson } from '../../src/shared/lab/summary.ts'
import { RunningProgram } from '../support/running-program.ts'
import { BareMachine } from './bare-machine.ts'
import { DebianInstallation, debianPackage } from './debian-installation.ts'

const ownVersion = `${product.version}\n`

describe.runIf(debianPackage)('the command line of the Debian package', () => {
  let installation: DebianInstallation
  beforeAll(async () => {
    installation = await DebianInstallation.make()
  })
  afterAll(() => installation.discard())
  const programs = () => installation.path('usr/bin')
  const run = (...args: string[]) =>
    new RunningProgram('env', [`PATH=${programs()}:${process.env.PATH}`, 'zmq-inspector', ...args])

  it('is on the path, and runs on Node.js with its measuring process', async () => {
    expect((await run('--version').ended).stdout).toBe(ownVersion)
    const server = run('server', '--endpoint', 'tcp://127.0.0.1:*')
    const [, endpoint = ''] = await server.until(/listening on (\S+)/)
    const measured = await run('bench', '--endpoint', endpoint, '--count', '50', '--json').ended
    expect(measured.code, measured.stderr).toBe(0)
    const { steps, environment } = parseRunJson(measured.stdout)
    expect(steps[0]?.counts.replied).toBe(50)
    expect(environment.versions).not.toHaveProperty('electron')
    server.kill('SIGINT')
    await server.ended
  })

  it('uses the Node.js on the path, unless it is too old', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zeromq-inspector-node-'))
    const machineWithNode = await BareMachine.make(folder, programs())
    const answer = async (version: string) => {
      const script = `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "Node.js: $*"; fi\n`
      await writeFile(join(folder, 'node'), script, { mode: 0o755 })
      return machineWithNode.run('zmq-inspector', '--version').ended
    }
    try {
      for (const version of ['v20.19.0', 'v22.1.0'])
        expect((await answer(version)).stdout).toMatch(/^Node\.js: \S+\/out\/cli\/index\.js --version\n$/)
      for (const version of ['v20.18.3', 'v18.20.8', 'unheard of'])
        expect(await answer(version)).toMatchObject({ code: 0, stdout: ownVersion, stderr: '' })
    } finally {
      await rm(folder, { recursive: true })
      await machineWithNode.remove()
    }
  })

  describe('without Node.js and display', () => {
    let machine: BareMachine
    beforeAll(async () => {
      machine = await BareMachine.make(programs())
    })
    afterAll(() => machine.remove())
    const commandLine = (...args: string[]) => machine.run('zmq-inspector', ...args)
    const startServer = async () => {
      const server = commandLine('server', '--endpoint', 'tcp://127.0.0.1:*')
      const [, endpoint = ''] = await server.until(/listening on (\S+)/)
      return { server, endpoint }
    }

    it('prints only its version', async () => {
      expect(await commandLine('--version').ended).toMatchObject({ code: 0, stdout: ownVersion, stderr: '' })
    })

    it('makes a round trip, and ends the server with Ctrl-C', async () => {
      const { server, endpoint } = await startServer()
      const client = await commandLine('client', '--endpoint', endpoint, '--frames', '--', 'first', '--second').ended
      const stdout = `ZeroMQ client connecting to ${endpoint}\n-> "first" "--second"\n<- "first" "--second"\n`
      expect(client).toMatchObject({ code: 0, stdout, stderr: '' })
      server.kill('SIGINT')
      expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
    })

    it('reads standard input, and writes bytes as they are', async () => {
      const both = 'zmq-inspector encode --encoding cbor | zmq-inspector decode --encoding cbor'
      const program = machine.run('/bin/sh', '-c', both)
      program.feed('{"a":1.5}')
      const { code, stdout, stderr } = await program.ended
      const [, ...values] = stdout.trim().split('\n')
      expect({ code, values, stderr }).toEqual({
        code: 0,
        values: ['{"path":"/a","start":3,"end":6,"type":"float 16","value":1.5}'],
        stderr: '',
      })
    })

    it('measures in a separate process, and leaves no files behind', async () => {
      const { endpoint } = await startServer()
      const measured = await commandLine('bench', '--endpoint', endpoint, '--count', '50', '--json').ended
      expect(measured.code, measured.stderr).toBe(0)
      const { steps, environment } = parseRunJson(measured.stdout)
      expect(steps[0]?.counts.replied).toBe(50)
      // Only a thread's event loop can measure its load here.
      expect(steps[0]?.instrument.busy).toBeGreaterThan(0)
      expect(environment.versions).toHaveProperty('electron')
      expect(await machine.leftBehind()).toEqual([])
    })

    it('ends a measurement with Ctrl-C, and prints what was measured', async () => {
      const { server, endpoint } = await startServer()
      const bench = commandLine('bench', '--endpoint', endpoint, '--warmup', '0', '--duration', '10min', '--json')
      await server.until(/((<-|->) .*\n){20}/)
      bench.kill('SIGINT')
      const { code, stdout } = await bench.ended
      expect(code).toBe(1)
      expect(parseRunJson(stdout).outcome).toBe('cancelled')
    })

    it('exits with 1 after a failure, and with 2 after wrong usage', async () => {
      const { server, endpoint } = await startServer()
      server.kill('SIGINT')
      await server.ended
      const failed = await commandLine('client', '--endpoint', endpoint, '--timeout', '300ms').ended
      expect(failed.code).toBe(1)
      expect(failed.stderr).toMatch(/^zmq-inspector: Nobody is listening there\.[^\n]*\n$/)
      const wrong = await commandLine('client', '--no-such-option').ended
      expect(wrong).toMatchObject({ code: 2, stdout: '' })
      expect(wrong.stderr).toMatch(/^zmq-inspector: unknown option '--no-such-option'\n/)
    })
  })
})
