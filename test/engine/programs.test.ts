import { createHash } from 'node:crypto'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket as TcpSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import * as zeromq from 'zeromq'
import { draftClasses } from '../../src/engine/sockets/draft-sockets.ts'
import { programIn } from '../../src/shared/program/index.ts'
import type { LanguageId } from '../../src/shared/program/language-ids.ts'
import { newSpec } from '../../src/shared/workspace.ts'
import {
  defaultSocketOptions,
  type OptionKey,
  optionRows,
  optionsOf,
  type SocketOptions,
} from '../../src/shared/zmq/options.ts'
import { type PatternId, patternIds, patternOf } from '../../src/shared/zmq/patterns.ts'
import { bytes } from '../support/bytes.ts'
import { foreign } from '../support/foreign.ts'
import { allBytes, hostileFrames } from '../support/hostile-frames.ts'
import { runners, runProgram } from '../support/programs.ts'
import type { RunningProgram } from '../support/running-program.ts'

// Starting processes and building programs takes a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const languageIds: readonly LanguageId[] = ['python', 'javascript', 'c', 'cpp']

const toProgram = [bytes('from the peer'), Uint8Array.of(0, 255)]
/** What a program prints when these frames arrive. */
const printed: Partial<Readonly<Record<LanguageId, RegExp>>> = {
  python: /Received:\n(.*\n)*? {2}b'from the peer'\n {2}b'\\x00\\xff'\n/,
  javascript: /Received:\n(.*\n)*? {2}"from the peer"\n {2}00ff\n/,
  c: /Received:\n(.*\n)*? {2}"from the peer"\n {2}"\\000\\377"\n/,
  cpp: /Received:\n(.*\n)*? {2}"from the peer"\n {2}"\\000\\377"\n/,
}

/** What would change the story itself, or asks for a right or a proxy. */
const excepted: readonly OptionKey[] = [
  'conflate',
  'invertMatching',
  'probeRouter',
  'envelope',
  'welcomeMessage',
  'socksProxy',
  'bindToDevice',
]

/** Every other option of the pattern with a value that is not its default. */
function unusualOptions(pattern: PatternId): Partial<SocketOptions> {
  const keys = optionsOf(pattern).filter((key) => !excepted.includes(key))
  return Object.fromEntries(
    keys.map((key) => {
      const row = optionRows[key]
      if (row.kind === 'boolean') return [key, !row.usual]
      if (row.kind === 'text') return [key, 'name "\\x41" é']
      return [key, key === 'maximumMessageSize' || key.endsWith('BufferSize') ? 1_000_000 : Math.min(row.maximum, 5007)]
    }),
  )
}

interface Given {
  readonly frames?: readonly Uint8Array[]
  readonly options?: Partial<SocketOptions>
  readonly timeoutMs?: number
  readonly how?: 'bind' | 'connect'
}

function start(id: LanguageId, pattern: PatternId, endpoint: string, given: Given = {}): RunningProgram {
  const { frames = hostileFrames, options = {}, timeoutMs = 20_000, how = 'connect' } = given
  const spec = {
    ...newSpec(pattern, endpoint),
    attach: [{ how, endpoint }],
    options: { ...defaultSocketOptions, ...options },
    subscriptions: patternOf(pattern).subscribes ? [{ encoding: 'hex' as const, text: '' }] : [],
  }
  return runProgram(id, programIn(id, { spec, frames, timeoutMs }))
}

/** Binds a socket of the test, which closes when the test ends. */
async function bound<Peer extends zeromq.Socket>(peer: Peer): Promise<readonly [Peer, string]> {
  onTestFinished(() => peer.close())
  await peer.bind('tcp://127.0.0.1:*')
  return [peer, peer.lastEndpoint ?? '']
}

/** Short, because a difference is printed. */
const digests = (frames: readonly Uint8Array[]): string[] =>
  frames.map((frame) => `${frame.length} bytes, ${createHash('sha256').update(frame).digest('hex').slice(0, 16)}`)
const same = (got: readonly Uint8Array[], wanted: readonly Uint8Array[]): void =>
  expect(digests(got)).toEqual(digests(wanted))

async function prints(program: RunningProgram, id: LanguageId): Promise<void> {
  await program.until(printed[id] ?? /never/)
}

async function endsWell(program: RunningProgram): Promise<void> {
  const { code, stderr } = await program.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}

/** What each pattern's program does with its peer. */
const stories: Partial<
  Readonly<Record<PatternId, (id: LanguageId, options?: Partial<SocketOptions>) => Promise<void>>>
> = {
  async req(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Reply())
    const program = start(id, 'req', endpoint, { options })
    same(await peer.receive(), hostileFrames)
    await peer.send(toProgram)
    await prints(program, id)
    await endsWell(program)
  },
  async rep(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Request())
    const program = start(id, 'rep', endpoint, { options })
    for (const _time of [1, 2]) {
      await peer.send(toProgram)
      same(await peer.receive(), hostileFrames)
    }
    await prints(program, id)
  },
  async dealer(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Router())
    const program = start(id, 'dealer', endpoint, { options })
    const [routingId = Buffer.alloc(0), ...frames] = await peer.receive()
    same(frames, [new Uint8Array(), ...hostileFrames])
    await peer.send([routingId, '', ...toProgram])
    await prints(program, id)
  },
  async router(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Dealer())
    const program = start(id, 'router', endpoint, { options })
    await peer.send(toProgram)
    same(await peer.receive(), hostileFrames)
    await peer.send(['', ...toProgram])
    same(await peer.receive(), [new Uint8Array(), ...hostileFrames])
    await peer.send('')
    same(await peer.receive(), hostileFrames)
    await prints(program, id)
  },
  async pub(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Subscriber())
    peer.subscribe()
    const program = start(id, 'pub', endpoint, { options })
    same(await peer.receive(), hostileFrames)
    await endsWell(program)
  },
  async sub(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.XPublisher())
    const program = start(id, 'sub', endpoint, { options })
    same(await peer.receive(), [Uint8Array.of(1)])
    await peer.send(toProgram)
    await prints(program, id)
  },
  async xpub(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.XSubscriber())
    await peer.send(Buffer.from([1]))
    start(id, 'xpub', endpoint, { options })
    same(await peer.receive(), hostileFrames)
  },
  async xsub(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.XPublisher())
    // A first byte of 0 or 1 would be a subscription.
    const frames = hostileFrames.filter(([first]) => first !== 0 && first !== 1)
    const program = start(id, 'xsub', endpoint, { frames, options })
    same(await peer.receive(), [Uint8Array.of(1)])
    same(await peer.receive(), frames)
    await peer.send(toProgram)
    await prints(program, id)
  },
  async push(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Pull())
    const program = start(id, 'push', endpoint, { options })
    same(await peer.receive(), hostileFrames)
    await endsWell(program)
  },
  async pull(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Push())
    const program = start(id, 'pull', endpoint, { options })
    await peer.send(toProgram)
    await prints(program, id)
  },
  async pair(id, options = {}) {
    const [peer, endpoint] = await bound(new zeromq.Pair())
    const program = start(id, 'pair', endpoint, { options })
    same(await peer.receive(), hostileFrames)
    await peer.send(toProgram)
    await prints(program, id)
  },
  async stream(id, options = {}) {
    const connection = await new Promise<TcpSocket>((resolve, reject) => {
      const server: Server = createServer(resolve)
      onTestFinished(() => void server.close())
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        if (typeof address !== 'object' || address === null) return reject(new Error('no port'))
        start(id, 'stream', `tcp://127.0.0.1:${address.port}`, { frames: [allBytes], options })
      })
    })
    onTestFinished(() => void connection.destroy())
    const got = await new Promise<Buffer>((resolve) => connection.once('data', resolve))
    same([got], [allBytes])
  },
}

/** What the programs of draft types do, in the one language that has them. */
const draftStories: Partial<Readonly<Record<PatternId, () => Promise<void>>>> = {
  async client() {
    const [peer, endpoint] = await bound(new draftClasses.Server({ linger: 0 }))
    const program = start('javascript', 'client', endpoint, { frames: [allBytes], options: { sendHighWaterMark: 5 } })
    const [got, facts] = await peer.receive()
    same([got], [allBytes])
    await peer.send(Buffer.from('back'), facts)
    await program.until(/Received:\n {2}"back"/)
  },
  async server() {
    const [peer, endpoint] = await bound(new draftClasses.Client({ linger: 0 }))
    const program = start('javascript', 'server', endpoint, { frames: [allBytes] })
    await peer.send(Buffer.from('ask'))
    const [got] = await peer.receive()
    same([got], [allBytes])
    await program.until(/Received:\n {2}"ask" \{ routingId: \d+ \}/)
  },
  async radio() {
    const [peer, endpoint] = await bound(new draftClasses.Dish({ linger: 0 }))
    peer.join(Buffer.from('news'))
    start('javascript', 'radio', endpoint, { frames: [bytes('news'), allBytes] })
    const [got, facts] = await peer.receive()
    same([got], [allBytes])
    expect(facts?.group?.toString()).toBe('news')
  },
  async dish() {
    const [peer, endpoint] = await bound(new draftClasses.Radio({ linger: 0 }))
    const spec = { ...newSpec('dish', endpoint), subscriptions: [{ encoding: 'text' as const, text: 'news' }] }
    const program = runProgram('javascript', programIn('javascript', { spec, frames: [], timeoutMs: 1000 }))
    const sent = program.until(/Received:\n {2}"hello"/)
    // Nobody tells when the group was joined.
    const repeat = setInterval(() => void peer.send(Buffer.from('hello'), { group: Buffer.from('news') }), 20)
    onTestFinished(() => clearInterval(repeat))
    await sent
  },
  async scatter() {
    const [peer, endpoint] = await bound(new draftClasses.Gather({ linger: 0 }))
    const program = start('javascript', 'scatter', endpoint, { frames: [allBytes] })
    same([(await peer.receive())[0]], [allBytes])
    // It warns of the draft.
    expect((await program.ended).code).toBe(0)
  },
  async gather() {
    const [peer, endpoint] = await bound(new draftClasses.Scatter({ linger: 0 }))
    const program = start('javascript', 'gather', endpoint, { options: { receiveHighWaterMark: 5 } })
    await peer.send(Buffer.from('work'))
    await program.until(/Received:\n {2}"work"/)
  },
}

const stable = patternIds.filter((id) => !patternOf(id).isDraft)

test('each pattern has its story', () => {
  expect([...Object.keys(stories), ...Object.keys(draftStories)].sort()).toEqual([...patternIds].sort())
})

test.each(patternIds.filter((id) => patternOf(id).isDraft))('%s in JavaScript', async (pattern) => {
  await draftStories[pattern]?.()
})

describe.each(languageIds)('programs in %s', (id) => {
  const isAtHand = runners[id]?.isAtHand === true
  // Building takes most of the time: one pass has the options, too.
  const isBuilt = id === 'c' || id === 'cpp'
  test.skipIf(!isAtHand || isBuilt).each(stable)(
    '%s: every byte arrives, and what comes back is printed',
    async (pattern) => {
      await stories[pattern]?.(id)
    },
  )

  test.skipIf(!isAtHand)('binds where its endpoint says, whatever is in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'program "\\x41" '))
    onTestFinished(() => rm(folder, { recursive: true }))
    const endpoint = `ipc://${join(folder, 'é')}`
    start(id, 'rep', endpoint, { how: 'bind' })
    const peer = foreign(new zeromq.Request(), endpoint)
    await peer.send('')
    same(await peer.receive(), hostileFrames)
  })

  test.skipIf(!isAtHand)('a bound STREAM answers what has bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'program-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'socket')
    start(id, 'stream', `ipc://${path}`, { how: 'bind', frames: [allBytes] })
    await vi.waitFor(() => access(path), { timeout: 30_000 })
    const connection = connect(path)
    onTestFinished(() => void connection.destroy())
    connection.write('hello')
    const got = await new Promise<Buffer>((resolve) => connection.once('data', resolve))
    same([got], [allBytes])
  })

  test.skipIf(!isAtHand)('ends when no reply comes', async () => {
    const [, endpoint] = await bound(new zeromq.Reply())
    const program = start(id, 'req', endpoint, { timeoutMs: 50 })
    await program.until(/Nothing has come for 50 ms\./)
    await endsWell(program)
  })

  test.skipIf(!isAtHand)('waits for a peer that comes late', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'program-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const endpoint = `ipc://${join(folder, 'socket')}`
    const program = start(id, 'push', endpoint, { options: { reconnectInterval: 10, linger: 60_000 } })
    const peer = new zeromq.Pull()
    onTestFinished(() => peer.close())
    await peer.bind(endpoint)
    same(await peer.receive(), hostileFrames)
    await endsWell(program)
  })

  test.skipIf(!isAtHand).each(stable)('%s: does the same with every option', async (pattern) => {
    await stories[pattern]?.(id, unusualOptions(pattern))
  })
})
