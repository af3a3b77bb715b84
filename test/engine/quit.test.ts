import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { buildModules } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'

const built = buildModules({ quitting: 'test/engine/children/quitting.ts' })

/** A ROUTER that nobody reads: it takes requests and answers none. */
async function mutePeer(): Promise<string> {
  const router = new Router({ linger: 0, receiveHighWaterMark: 1 })
  onTestFinished(() => router.close())
  await router.bind('tcp://127.0.0.1:0')
  return router.lastEndpoint ?? ''
}

const closed = 'InspectorError: The connection was closed.'

describe('a process that is done with its engine ends by itself', () => {
  test.each([
    ['request in flight', closed],
    ['message to nobody', closed],
    ['unsent data that lingers', closed],
    ['running repeat', ''],
    ['server with peers', ''],
    ['server that is starting', 'fulfilled'],
  ])('with a %s', async (work, ends) => {
    expect(await runNode(join(built, 'quitting.js'), work, await mutePeer()).ended).toEqual({
      code: 0,
      signal: null,
      stdout: `disposed: ${ends}\n`,
      stderr: '',
    })
  })
})
