import { formatDuration } from '../../../shared/format.ts'
import type { LabProgress } from '../../../shared/lab/progress.ts'
import type { Environment } from '../../../shared/lab/result.ts'
import { type FromLead, type FromWorker, mostLeadBytes } from '../../../shared/lab/roles.ts'
import { labSecurityOf } from '../../../shared/lab/security.ts'
import { settingsWithClientInWords } from '../../../shared/lab/words.ts'
import { type Frame, sizeOf } from '../../../shared/message.ts'
import type { SocketSpec } from '../../../shared/session/spec.ts'
import { defaultSocketOptions } from '../../../shared/zmq/options.ts'
import { noSecurity, type SecurityWithSecrets } from '../../../shared/zmq/security.ts'
import { monotonicNanoseconds } from '../../clock.ts'
import { Port } from '../../sockets/port.ts'
import type { FromLab, LabChild } from '../protocol.ts'
import { readFromLead, roleFrames } from './role-frames.ts'

/** A lead that says nothing for so long has gone. */
const silenceMs = 10_000
const lookEveryMs = 1000
const lingerMs = 1000

const specOf = (endpoint: string): SocketSpec => ({
  pattern: 'dealer',
  attach: [{ how: 'connect', endpoint }],
  options: { ...defaultSocketOptions, maximumMessageSize: mostLeadBytes, linger: lingerMs },
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
})

export interface LabWorkerHost {
  /** Starts a measuring process. */
  fork(): LabChild
  /** Gets a line about what it does. */
  says(line: string): void
  progress(progress: LabProgress): void
}

interface LabWorkerOptions {
  /** Of the lead. */
  readonly endpoint: string
  readonly name: string
  readonly environment: Environment
  /** Of its own sockets; the lead gets no secret of it. */
  readonly credentials: SecurityWithSecrets
  /** How long to wait for a lead, in milliseconds. */
  readonly waitMs: number
}

/** A worker that measures what a lead tells it. */
export class LabWorker {
  readonly #port: Port
  #child: LabChild | undefined
  /** The lead's endpoint was there. */
  #isConnected = false
  #heardNs = monotonicNanoseconds()
  #end: (why: string | null) => void = () => undefined

  constructor(
    private readonly options: LabWorkerOptions,
    private readonly host: LabWorkerHost,
  ) {
    this.#port = new Port(
      specOf(options.endpoint),
      {},
      {
        message: (frames) => {
          this.#take(frames)
          return undefined
        },
        ready: () => undefined,
        event: () => undefined,
        decided: () => undefined,
        changed: () => this.#look(),
        broke: (failure) => this.#end(failure.message),
      },
    )
  }

  /** Takes part until the lead ends it. Resolves with null then, or with why it did not come to that. Throws `InspectorError`. */
  async run(signal: AbortSignal): Promise<string | null> {
    const { endpoint, waitMs } = this.options
    const ended = new Promise<string | null>((resolve) => {
      this.#end = resolve
    })
    const limit = setTimeout(() => {
      if (!this.#isConnected) this.#end(`No lead came at ${endpoint} within ${formatDuration(waitMs * 1e6)}.`)
    }, waitMs)
    const watch = setInterval(() => {
      const silentMs = (monotonicNanoseconds() - this.#heardNs) / 1e6
      if (this.#isConnected && silentMs > silenceMs) {
        this.#end(`The lead at ${endpoint} said nothing for ${formatDuration(silenceMs * 1e6)}.`)
      }
    }, lookEveryMs)
    const abort = () => {
      this.#say({ type: 'gone', reason: 'it was interrupted' })
      this.#end('Interrupted.')
    }
    signal.addEventListener('abort', abort)
    try {
      await this.#port.open()
      this.#port.start()
      this.#look()
      if (signal.aborted) abort()
      return await ended
    } finally {
      clearTimeout(limit)
      clearInterval(watch)
      signal.removeEventListener('abort', abort)
      this.#child?.kill()
      await this.#port.close()
    }
  }

  /** The link to the lead has changed. */
  #look(): void {
    const [state] = this.#port.endpoints
    const isReady = state?.how === 'connect' && state.link.state === 'ready'
    const { endpoint, name, environment, credentials } = this.options
    if (isReady && !this.#isConnected) {
      this.#isConnected = true
      this.#heardNs = monotonicNanoseconds()
      this.#say({ type: 'hello', name, environment, security: labSecurityOf(credentials.security) })
    } else if (!isReady && this.#isConnected) this.#end(`The lead at ${endpoint} went away.`)
  }

  #take(frames: Frame[]): void {
    this.#heardNs = monotonicNanoseconds()
    const { message, wrong } = readFromLead(frames)
    if (message === null) this.#end(`What is at ${this.options.endpoint} is no lead: it ${wrong}.`)
    else this.#obey(message)
  }

  #obey(message: FromLead): void {
    switch (message.type) {
      case 'welcome':
        this.host.says(`Taking part as ${message.name}, and waiting for the others.`)
        return
      case 'refused':
        this.#end(message.reason)
        return
      case 'ping':
        this.#say({ type: 'pong', number: message.number, atNs: monotonicNanoseconds() })
        return
      case 'run':
        this.#measure(message)
        return
      case 'end':
        this.host.says(message.reason)
        this.#say({ type: 'gone', reason: 'the run has ended' })
        this.#end(null)
        return
      case 'pass':
      case 'cancel':
        this.#child?.post(message)
    }
  }

  #measure({ settings, frames: texts, share }: Extract<FromLead, { type: 'run' }>): void {
    if (this.#child) return
    const frames = texts.map((text) => Buffer.from(text, 'base64'))
    const part = share === null ? '' : ` (part ${share.index + 1} of ${share.of})`
    this.host.says(`Measuring ${settings.endpoint}${part}: ${settingsWithClientInWords(settings, sizeOf(frames))}`)
    const child = this.host.fork()
    this.#child = child
    let isDone = false
    child.onMessage((message) => {
      if (message.type === 'ready') {
        const plan = { settings, frames, encodeNs: null, ...(share === null ? {} : { share }) }
        child.post({ type: 'run', plan, credentials: this.options.credentials })
        return
      }
      isDone ||= message.type === 'done'
      this.#pass(message)
    })
    child.onExit((reason) => {
      if (!isDone) this.#leave(`its measuring process ended unexpectedly (${reason})`)
    })
  }

  /** Passes on what the measuring process says. */
  #pass(message: FromLab): void {
    switch (message.type) {
      case 'progress':
        this.host.progress(message.progress)
        this.#say(message)
        return
      case 'step':
      case 'gate':
      case 'done':
        this.#say(message)
        return
      case 'broken':
        this.#leave(message.error.message)
        return
      case 'ready':
      case 'echoing':
    }
  }

  #leave(reason: string): void {
    this.#say({ type: 'gone', reason })
    this.#end(`This worker takes no more part: ${reason}.`)
  }

  #say(message: FromWorker): void {
    this.#port.offer(roleFrames(message)).catch((thrown: unknown) => this.#end(String(thrown)))
  }
}
