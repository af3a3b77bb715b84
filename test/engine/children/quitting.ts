import { createEngine } from '../../../src/engine/engine.ts'
import { echoServerId, requestSpec } from '../../../src/shared/session/spec.ts'
import { linkOf } from '../../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { bytes } from '../../support/bytes.ts'
import { ask, serve, served } from '../../support/sessions.ts'

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
    engine.open('one', requestSpec(peer))
    await until(() => linkOf(engine.session('one').state).state === 'ready')
    return [ask(engine, 'one', [bytes('x')], 3_600_000)]
  },
  async 'a message to nobody'() {
    engine.open('one', requestSpec('tcp://127.0.0.1:1', { ...defaultSocketOptions, linger: -1 }))
    return [ask(engine, 'one', [bytes('x')], 3_600_000)]
  },
  async 'unsent data that lingers'() {
    engine.open('one', requestSpec(peer, { ...defaultSocketOptions, linger: -1 }))
    await until(() => linkOf(engine.session('one').state).state === 'ready')
    return [ask(engine, 'one', [new Uint8Array(2 ** 26)], 3_600_000)]
  },
  async 'a running repeat'() {
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    engine.open('one', requestSpec(endpoint))
    const plan = { frames: [bytes('x')], timeoutMs: 3_600_000, count: null }
    engine.session('one').startRepeat({ ...plan, intervalMs: 0 })
    await until(() => served(engine).sent > 100)
    engine.open('two', requestSpec(endpoint))
    engine.session('two').startRepeat({ ...plan, intervalMs: 86_400_000 })
    await until(() => engine.session('two').state.repeat?.sent === 1)
    return []
  },
  async 'a server with peers'() {
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    for (let index = 0; index < 20; index += 1) engine.open(String(index), requestSpec(endpoint))
    await until(() =>
      engine.list().every((state) => state.sessionId === echoServerId || linkOf(state).state === 'ready'),
    )
    return []
  },
  async 'a server that is starting'() {
    return [serve(engine, 'tcp://127.0.0.1:0')]
  },
}

const pending = Promise.allSettled((await works[work]?.()) ?? [Promise.reject(new Error(`no such work: ${work}`))])
await engine.dispose()
const ends = await pending
const describe = (end: (typeof ends)[number]) => (end.status === 'rejected' ? String(end.reason) : 'fulfilled')
process.stdout.write(`disposed: ${ends.map(describe).join(', ')}\n`)
