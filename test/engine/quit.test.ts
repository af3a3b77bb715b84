import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Router } from 'zeromq'
import { builtModule } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

/** A ROUTER that nobody reads: it accepts requests and answers none. */
async function mutePeer(): Promise<string> {
  const router = new Router({ linger: 0, receiveHighWaterMark: 1 })
  onTestFinished(() => router.close())
  await router.bind('tcp://127.0.0.1:0')
  return router.lastEndpoint ?? ''
}

const closed = 'InspectorError: The connection was closed.'

describe('a process that is done with its engine ends by itself', () => {
  test.each([
    ['a request in flight', closed],
    ['a message to nobody', closed],
    ['unsent data that lingers', closed],
    ['a running repeat', ''],
    ['a server with peers', ''],
    ['a server that is starting', 'fulfilled'],
  ])('with %s', async (work, ends) => {
    expect(await runNode(builtModule('quitting'), work, await mutePeer()).ended).toEqual({
      code: 0,
      signal: null,
      stdout: `disposed: ${ends}\n`,
      stderr: '',
    })
  })
})
