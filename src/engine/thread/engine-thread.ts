import { Worker } from 'node:worker_threads'
import { InspectorError } from '../../shared/errors.ts'
import { PendingCalls } from '../../shared/pending-calls.ts'
import { reasonOf } from '../../shared/reason.ts'
import type { SessionState } from '../../shared/session/state.ts'
import { keepContext } from '../sockets/shared-context.ts'
import type { EngineCallName, EngineInput, EngineOutput } from './calls.ts'
import type { EngineThreadData, EngineThreadEvent, FromEngineThread } from './protocol.ts'

export interface EngineThreadOptions extends EngineThreadData {
  /** The built engine-worker module; log-worker lies beside it. */
  readonly worker: URL
  event(event: EngineThreadEvent): void
  /** Something failed that nobody foresaw; the engine goes on. */
  unforeseen(description: string): void
  /** The thread has ended, with all its sockets, and nobody asked for it. */
  ended(reason: string): void
}

/**
 * An engine and its log on a thread of their own: what the host's thread does meanwhile, such as files, dialogs and what
 * goes to the page, stands in no round trip.
 */
export class EngineThread {
  readonly #worker: Worker
  readonly #calls = new PendingCalls()
  readonly #sessions = new Map<string, SessionState>()
  /** Why the thread has ended. */
  #reason: string | undefined
  #isDisposed = false
  #lingers = false
  #started: { resolve(): void; reject(reason: Error): void } | undefined
  /** Resolves when calls are answered; rejects when the thread cannot start. Calls before that wait. */
  readonly ready: Promise<void>

  constructor(private readonly options: EngineThreadOptions) {
    const { worker, log } = options
    const data: EngineThreadData = { log }
    keepContext()
    this.#worker = new Worker(worker, { workerData: data })
    this.#worker.on('error', (error) => this.#end(reasonOf(error)))
    this.#worker.on('exit', () => this.#end('its thread ended'))
    this.#worker.on('message', (message: FromEngineThread) => this.#onMessage(message))
    this.ready = new Promise<void>((resolve, reject) => {
      this.#started = { resolve, reject }
    })
    // Who does not wait for it finds out with the first call.
    this.ready.catch(() => undefined)
  }

  /** The newest states of the sessions that this side knows. */
  get sessions(): readonly SessionState[] {
    return [...this.#sessions.values()]
  }

  /**
   * Whether sockets still lingered when the thread was disposed of. The process must then end at once, as by Node's
   * `process.exit`: when the last thread that uses libzmq ends in order, libzmq waits for them, maybe for ever.
   */
  get lingers(): boolean {
    return this.#lingers
  }

  /** Has the thread do something. Rejects with `InspectorError`: `internal` when the thread has ended. */
  call<Name extends EngineCallName>(
    name: Name,
    ...[input]: undefined extends EngineInput<Name> ? [] : [EngineInput<Name>]
  ): Promise<EngineOutput<Name>> {
    if (this.#reason !== undefined) return Promise.reject(hasEnded(this.#reason))
    return this.#calls.send((id) => this.#worker.postMessage({ id, name, input }))
  }

  /** Closes every socket and the log, and ends the thread. */
  async dispose(): Promise<void> {
    if (this.#reason !== undefined) return
    this.#isDisposed = true
    try {
      this.#lingers = (await this.call('engine.dispose')).lingers
    } finally {
      // Its sockets and monitors are closed: a pending receive would abort the whole process.
      await this.#worker.terminate()
    }
  }

  #onMessage(message: FromEngineThread): void {
    switch (message.type) {
      case 'ready':
        this.#started?.resolve()
        return
      case 'events':
        for (const event of message.events) this.#onEvent(event)
        return
      case 'answer':
        this.#calls.answer(message.id, message.value)
        return
      case 'failure': {
        const { code, message: words, details } = message.error
        this.#calls.fail(message.id, new InspectorError(code, words, details))
        return
      }
      case 'unforeseen':
        this.options.unforeseen(message.description)
    }
  }

  #onEvent(event: EngineThreadEvent): void {
    if (event.type === 'session.changed') this.#sessions.set(event.state.sessionId, event.state)
    if (event.type === 'session.removed') this.#sessions.delete(event.sessionId)
    this.options.event(event)
  }

  #end(reason: string): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#sessions.clear()
    this.#started?.reject(hasEnded(reason))
    this.#calls.failAll(hasEnded(reason))
    if (!this.#isDisposed) this.options.ended(reason)
  }
}

const hasEnded = (reason: string): InspectorError =>
  new InspectorError('internal', `The engine has ended: ${reason}. Quit and start the application again.`)
