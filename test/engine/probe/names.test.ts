import { lookup } from 'node:dns/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Reply } from 'zeromq'
import { probe } from '../../../src/engine/probe/probe.ts'
import { startOwnClock } from '../../support/own-clock.ts'

// Names that resolve to what a test needs, as no name server here does.
vi.mock('node:dns/promises', () => ({ lookup: vi.fn() }))

/** As `lookup` does when it is asked for all addresses, which its mock knows only in its other form. */
const resolvesTo = (...addresses: readonly string[]) => {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  vi.mocked(lookup).mockImplementation(async () => Object.assign(found, { address: '', family: 4 }))
}

function bindReply(): string {
  const reply = new Reply({ linger: 0 })
  onTestFinished(() => reply.close())
  reply.bindSync('tcp://127.0.0.1:*')
  return new URL(reply.lastEndpoint ?? '').port
}

test('every address of a name is tried, and each has its steps', async () => {
  resolvesTo('::1', '127.0.0.1', '127.0.0.1')
  const port = bindReply()
  const report = await probe(`tcp://service.test:${port}`)
  expect(report).toMatchObject({ reachable: true, protocol: 'zmtp', socketType: 'REP' })
  expect(report.steps.map(({ step, address, outcome }) => [step, address, outcome])).toEqual([
    ['resolve', null, 'ok'],
    ['connect', `[::1]:${port}`, 'failed'],
    ['connect', `127.0.0.1:${port}`, 'ok'],
    ['greeting', `127.0.0.1:${port}`, 'ok'],
    ['handshake', `127.0.0.1:${port}`, 'ok'],
    ['close', null, 'ok'],
  ])
})

test('a name server that does not answer takes no longer than anything else', async () => {
  vi.mocked(lookup).mockImplementation(() => new Promise(() => undefined))
  const elapsedMs = startOwnClock()
  const report = await probe('tcp://service.test:5555')
  expect(elapsedMs()).toBeLessThan(2000)
  expect(report).toMatchObject({
    reachable: false,
    verdict: expect.stringMatching(/^The host name service\.test could not be looked up/),
  })
})

test('a name that does not exist is told', async () => {
  vi.mocked(lookup).mockRejectedValue(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
  expect(await probe('tcp://service.test:5555')).toMatchObject({
    reachable: false,
    steps: [{ step: 'resolve', outcome: 'failed' }],
    verdict: 'The host name service.test does not resolve. Check its spelling, or use an IP address.',
  })
})
