import { PendingCalls } from '../../shared/pending-calls.ts'
import type { DecoderCallName, DecoderCalls, FromDecoder, ToDecoder, ViewRequest } from './decoder-calls.ts'

/** The person cancelled this decoding. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** A worker thread that decodes frames, so that the window stays responsive whatever they contain. */
class DecoderThread {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  readonly #calls = new PendingCalls()
  /** Why the thread no longer answers. */
  #ended: Error | undefined

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromDecoder>) => this.#settle(data))
    this.#worker.addEventListener('error', ({ message }) => this.#end(new Error(`The decoder stopped: ${message}`)))
  }

  tell(message: Extract<ToDecoder, { type: 'load' | 'drop' }>): void {
    this.#worker.postMessage(message)
  }

  call<Name extends DecoderCallName>(
    frame: number,
    name: Name,
    input: DecoderCalls[Name]['input'],
  ): Promise<DecoderCalls[Name]['output']> {
    if (this.#ended) return Promise.reject(this.#ended)
    return this.#calls.send((id) => this.#worker.postMessage({ type: 'call', frame, id, name, input }))
  }

  terminate(): void {
    this.#worker.terminate()
    this.#end(new Cancelled('Decoding was cancelled.'))
  }

  #settle(message: FromDecoder): void {
    if (message.type === 'answer') this.#calls.answer(message.id, message.value)
    else this.#calls.fail(message.id, new Error(message.message))
  }

  get ended(): boolean {
    return this.#ended !== undefined
  }

  #end(reason: Error): void {
    this.#ended ??= reason
    this.#calls.failAll(reason)
  }
}

const sharedBytes = 256 * 1024

/**
 * Whether a frame needs a thread of its own, which can be terminated without affecting others. Small frames share a
 * thread, but the size inside a layer is unknown.
 */
export const needsOwnThread = (bytes: Uint8Array, { layers }: ViewRequest): boolean =>
  bytes.byteLength > sharedBytes || layers.length > 0

let shared: DecoderThread | undefined

function sharedThread(): DecoderThread {
  if (!shared || shared.ended) shared = new DecoderThread()
  return shared
}

let nextFrame = 0

/** A frame held by a decoder thread. */
export class RemoteFrame {
  /** Unique. */
  readonly id = nextFrame
  readonly #thread: DecoderThread
  #disposed = false

  /** `before` is the frame shown in this place before: nodes expanded in its tree are expanded in this one's. */
  constructor(
    readonly bytes: Uint8Array,
    readonly own: boolean,
    before: RemoteFrame | null,
  ) {
    nextFrame += 1
    this.#thread = own ? new DecoderThread() : sharedThread()
    const like = before && before.#thread === this.#thread ? before.id : null
    // A frame from the log is a view of its whole message; posting it would copy all of that.
    const alone = bytes.byteLength < bytes.buffer.byteLength ? bytes.slice() : bytes
    this.#thread.tell({ type: 'load', frame: this.id, bytes: alone, like })
  }

  call<Name extends DecoderCallName>(
    name: Name,
    input: DecoderCalls[Name]['input'],
  ): Promise<DecoderCalls[Name]['output']> {
    return this.#thread.call(this.id, name, input)
  }

  get disposed(): boolean {
    return this.#disposed
  }

  /**
   * Cancels the frame's current request. The shared thread of small frames keeps running: small frames decode quickly.
   */
  cancel(): void {
    if (this.own) this.#thread.terminate()
  }

  /** Releases the frame. */
  dispose(): void {
    this.#disposed = true
    if (this.own) this.#thread.terminate()
    else this.#thread.tell({ type: 'drop', frame: this.id })
  }
}
