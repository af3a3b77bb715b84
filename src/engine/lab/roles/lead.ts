import { InspectorError } from '../../../shared/errors.ts'
import { formatDuration } from '../../../shared/format.ts'
import { type FromLead, type FromWorker, mostWorkerBytes } from '../../../shared/lab/roles.ts'
import type { LabSecurity } from '../../../shared/lab/security.ts'
import { plural } from '../../../shared/lab/words.ts'
import type { Frame } from '../../../shared/message.ts'
import type { SocketSpec } from '../../../shared/session/spec.ts'
import { defaultSocketOptions } from '../../../shared/zmq/options.ts'
import { noSecurity, securityKinds } from '../../../shared/zmq/security.ts'
import { monotonicNanoseconds } from '../../clock.ts'
import { Port } from '../../sockets/port.ts'
import { RemoteWorker } from './remote-worker.ts'
import { readFromWorker, roleFrames } from './role-frames.ts'

const askEveryMs = 500
/** A worker that says nothing for so long is lost. */
const silenceNs = 5e9
/** How long workers have to say that they have heard of the end. */
const endLimitMs = 1000
const handshakeInterval = 5000
/** Peers that are none of ours are named so often. */
const mostNamed = 20

/** Where a lead is, and whether other machines get there. */
export interface LeadPlace {
  readonly endpoint: string
  readonly reachableFromOutside: boolean
}

const specOf = (endpoint: string): SocketSpec => ({
  pattern: 'router',
  attach: [{ how: 'bind', endpoint }],
  options: { ...defaultSocketOptions, maximumMessageSize: mostWorkerBytes, handshakeInterval, linger: endLimitMs },
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
})

type Hello = Extract<FromWorker, { type: 'hello' }>

/** The lead of a load that several programs make: it waits for them, and then is their end of the run. */
export class Lead {
  readonly #port: Port
  /** By routing id. */
  readonly #workers = new Map<string, RemoteWorker>()
  readonly #settled = new Set<RemoteWorker>()
  #timer: NodeJS.Timeout | undefined
  #refused = 0
  #changed: () => void = () => undefined
  #broke: InspectorError | null = null

  /** `says` gets a line about who comes, goes and is refused. */
  constructor(
    endpoint: string,
    private readonly wanted: number,
    private readonly says: (line: string) => void,
  ) {
    this.#port = new Port(
      specOf(endpoint),
      {},
      {
        message: ([id, ...frames]) => {
          if (id) this.#take(id, frames)
          return undefined
        },
        ready: () => undefined,
        event: ({ type }) => {
          // Of whom it is about, the monitor says nothing: all are asked, and one that has gone cannot be.
          if (type === 'disconnect') this.#askAll()
        },
        decided: () => undefined,
        changed: () => undefined,
        broke: (failure) => {
          this.#broke = failure
          for (const [id, worker] of this.#workers) this.#lose(id, worker, failure.message)
          this.#changed()
        },
      },
    )
  }

  /** Binds. Throws `InspectorError`. */
  async open(): Promise<LeadPlace> {
    await this.#port.open()
    this.#port.start()
    this.#timer = setInterval(() => this.#beat(), askEveryMs)
    const [state] = this.#port.endpoints
    const bound = state?.how === 'bind' ? state : null
    return { endpoint: bound?.endpoint ?? '', reachableFromOutside: bound?.reachableFromOutside ?? false }
  }

  /** Waits until all are there. Throws `InspectorError`: `timeout`, which says who is, `cancelled`. */
  async gather(limitMs: number, signal: AbortSignal): Promise<readonly RemoteWorker[]> {
    const isFull = () => this.#settled.size === this.wanted || this.#broke !== null || signal.aborted
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      this.#changed = () => {
        if (!isFull()) return
        clearTimeout(timer)
        signal.removeEventListener('abort', this.#changed)
        resolve()
      }
      signal.addEventListener('abort', this.#changed)
      this.#changed()
    })
    if (this.#broke) throw this.#broke
    if (signal.aborted) throw new InspectorError('cancelled', 'Cancelled before all workers were there.')
    if (this.#settled.size < this.wanted) throw this.#missing(limitMs)
    return [...this.#settled]
  }

  /** How the workers secure their sockets: all in the same way. */
  get security(): LabSecurity {
    const [first] = this.#workers.values()
    return first?.security ?? { kind: 'none' }
  }

  /** Tells the workers that it is over, and why, as a sentence; then closes. */
  async close(why = 'The run has ended.'): Promise<void> {
    clearInterval(this.#timer)
    for (const worker of this.#workers.values()) worker.end(why)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, endLimitMs)
      this.#changed = () => {
        if (this.#workers.size > 0) return
        clearTimeout(timer)
        resolve()
      }
      this.#changed()
    })
    await this.#port.close()
  }

  #missing(limitMs: number): InspectorError {
    const names = [...this.#settled].map(({ name }) => name).join(', ')
    const came = names === '' ? 'none came' : `only ${this.#settled.size} came: ${names}`
    return new InspectorError(
      'timeout',
      `${plural(this.wanted, 'worker')} must be there within ${formatDuration(limitMs * 1e6)}, and ${came}.`,
    )
  }

  #take(id: Frame, frames: Frame[]): void {
    const key = Buffer.from(id).toString('hex')
    const worker = this.#workers.get(key)
    const { message, wrong } = readFromWorker(frames)
    if (message === null) {
      if (worker) this.#lose(key, worker, `it ${wrong}`)
      this.#refuse(id, worker?.name ?? 'A peer', `it ${wrong}`)
      return
    }
    if (worker) worker.heardNs = monotonicNanoseconds()
    if (message.type === 'hello') {
      if (!worker) this.#welcome(id, key, message)
    } else if (!worker) this.#refuse(id, 'A peer', 'it is not among the workers of this load')
    else if (message.type === 'gone') this.#lose(key, worker, message.reason)
    else worker.take(message)
  }

  #welcome(id: Frame, key: string, { name: said, environment, security }: Hello): void {
    if (this.#workers.size === this.wanted) {
      this.#refuse(id, said, `this load has its ${plural(this.wanted, 'worker')}`)
      return
    }
    const [first] = this.#workers.values()
    if (first && first.security.kind !== security.kind) {
      const labels = [security, first.security].map(({ kind }) => securityKinds[kind].mechanism)
      this.#refuse(id, said, `it measures with ${labels[0]}, and ${first.name} with ${labels[1]}`)
      return
    }
    const worker = new RemoteWorker({ name: this.#nameFor(said), environment, security }, (message) =>
      this.#say(id, message, () => this.#lose(key, worker, 'its connection ended')),
    )
    this.#workers.set(key, worker)
    this.#say(id, { type: 'welcome', name: worker.name })
    void worker.settle().then(() => {
      if (worker.isLost) return
      this.#settled.add(worker)
      const clock = formatDuration(worker.clock?.uncertaintyNs ?? 0)
      const { platform, architecture, cores } = environment
      const about = `${platform} ${architecture}, ${plural(cores, 'core')}, clock ± ${clock}`
      this.says(`Worker ${this.#settled.size} of ${this.wanted}: ${worker.name} (${about})`)
      this.#changed()
    })
  }

  /** Another one where the name is taken. */
  #nameFor(said: string): string {
    const taken = new Set([...this.#workers.values()].map(({ name }) => name))
    let name = said
    for (let number = 2; taken.has(name); number += 1) name = `${said} (${number})`
    return name
  }

  #refuse(id: Frame, who: string, reason: string): void {
    this.#say(id, { type: 'refused', reason: `The lead refused this worker: ${reason}.` })
    this.#refused += 1
    if (this.#refused <= mostNamed) this.says(`${who} was refused: ${reason}.`)
    if (this.#refused === mostNamed) this.says('Others are refused without a word.')
  }

  #lose(key: string, worker: RemoteWorker, reason: string): void {
    if (this.#workers.get(key) !== worker) return
    this.#workers.delete(key)
    if (this.#settled.delete(worker) && !worker.isEnding) this.says(`${worker.name} was lost: ${reason}.`)
    worker.lose(reason)
    this.#changed()
  }

  #beat(): void {
    const nowNs = monotonicNanoseconds()
    for (const [key, worker] of this.#workers) {
      if (nowNs - worker.heardNs > silenceNs) {
        this.#lose(key, worker, `it said nothing for ${formatDuration(silenceNs)}`)
      }
    }
    this.#askAll()
  }

  #askAll(): void {
    for (const worker of this.#workers.values()) worker.ask()
  }

  #say(id: Frame, message: FromLead, gone: () => void = () => undefined): void {
    this.#port.offer([id, ...roleFrames(message)]).then(
      (whyDropped) => {
        if (whyDropped !== null) gone()
      },
      // Its socket has closed, and with it all that was to be said.
      gone,
    )
  }
}
