import { createEngine } from '../../../src/engine/engine.ts'
import { defaultConnectionOptions } from '../../../src/shared/connection.ts'
import { bytes } from '../../support/bytes.ts'

/** Starts the work named by the argument, disposes of the engine in the middle of it, and does nothing else. */
const [work = '', peer = ''] = process.argv.slice(2)
let changed = (): void => undefined
const engine = createEngine({ emit: () => changed(), log: { append: () => changed() } })

const until = (probe: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    changed = () => {
      if (probe()) resolve()
    }
    changed()
  })

const works: Record<string, () => Promise<Promise<unknown>[]>> = {
  /** The peer accepts requests and answers none. */
  async 'a request in flight'() {
    engine.open('one', peer, defaultConnectionOptions)
    await until(() => engine.connection('one').state.link.state === 'ready')
    return [engine.send('one', [bytes('x')], 3_600_000)]
  },
  async 'a message to nobody'() {
    engine.open('one', 'tcp://127.0.0.1:1', { ...defaultConnectionOptions, linger: -1 })
    return [engine.send('one', [bytes('x')], 3_600_000)]
  },
  async 'unsent data that lingers'() {
    engine.open('one', peer, { ...defaultConnectionOptions, linger: -1 })
    await until(() => engine.connection('one').state.link.state === 'ready')
    return [engine.send('one', [new Uint8Array(2 ** 26)], 3_600_000)]
  },
  async 'a running repeat'() {
    const { endpoint } = await engine.server.start('tcp://127.0.0.1:0')
    engine.open('one', endpoint, defaultConnectionOptions)
    const plan = { frames: [bytes('x')], timeoutMs: 3_600_000, count: null }
    engine.connection('one').startRepeat({ ...plan, intervalMs: 0 })
    await until(() => engine.server.state.messages > 100)
    engine.open('two', endpoint, defaultConnectionOptions)
    engine.connection('two').startRepeat({ ...plan, intervalMs: 86_400_000 })
    await until(() => engine.connection('two').state.repeat?.sent === 1)
    return []
  },
  async 'a server with peers'() {
    const { endpoint } = await engine.server.start('tcp://127.0.0.1:0')
    for (let index = 0; index < 20; index += 1) engine.open(String(index), endpoint, defaultConnectionOptions)
    await until(() => engine.list().every(({ link }) => link.state === 'ready'))
    return []
  },
  async 'a server that is starting'() {
    return [engine.server.start('tcp://127.0.0.1:0')]
  },
}

const pending = Promise.allSettled((await works[work]?.()) ?? [Promise.reject(new Error(`no such work: ${work}`))])
await engine.dispose()
const ends = await pending
const describe = (end: (typeof ends)[number]) => (end.status === 'rejected' ? String(end.reason) : 'fulfilled')
process.stdout.write(`disposed: ${ends.map(describe).join(', ')}\n`)
