import type { DecoderCallName, DecoderCalls, FromDecoder, ToDecoder, ViewRequest } from './protocol.ts'

interface Waiting {
  resolve(value: unknown): void
  reject(reason: Error): void
}

/** A decoding that the person ended. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** A thread that decodes frames, so that the window stays at hand whatever they hold. */
class DecoderThread {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0
  /** Why nothing is answered any more. */
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
    const id = this.#nextId
    this.#nextId += 1
    return new Promise<DecoderCalls[Name]['output']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ type: 'call', frame, id, name, input })
    })
  }

  terminate(): void {
    this.#worker.terminate()
    this.#end(new Cancelled('Decoding was cancelled.'))
  }

  #settle(message: FromDecoder): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.type === 'answer') waiting?.resolve(message.value)
    else waiting?.reject(new Error(message.message))
  }

  get ended(): boolean {
    return this.#ended !== undefined
  }

  #end(reason: Error): void {
    this.#ended ??= reason
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }
}

const sharedBytes = 256 * 1024

/**
 * Whether a frame needs a thread of its own, which can be ended without harm to others. Small ones share a thread, but
 * nobody knows what a layer holds.
 */
export const needsOwnThread = (bytes: Uint8Array, { layers }: ViewRequest): boolean =>
  bytes.byteLength > sharedBytes || layers.length > 0

let shared: DecoderThread | undefined

function sharedThread(): DecoderThread {
  if (!shared || shared.ended) shared = new DecoderThread()
  return shared
}

let nextFrame = 0

/** A frame on a decoder's thread. */
export class RemoteFrame {
  /** No other frame has it. */
  readonly id = nextFrame
  readonly #thread: DecoderThread
  #disposed = false

  /** `before` is the frame in whose place this one is shown: what was open in its tree is open in this one's. */
  constructor(
    readonly bytes: Uint8Array,
    readonly own: boolean,
    before: RemoteFrame | null,
  ) {
    nextFrame += 1
    this.#thread = own ? new DecoderThread() : sharedThread()
    const like = before && before.#thread === this.#thread ? before.id : null
    // A frame of the log is a window onto its whole message, all of which would be copied.
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

  /** Ends what the frame is asked now. The thread of small frames goes on: it cannot take long. */
  cancel(): void {
    if (this.own) this.#thread.terminate()
  }

  /** Lets go of the frame. */
  dispose(): void {
    this.#disposed = true
    if (this.own) this.#thread.terminate()
    else this.#thread.tell({ type: 'drop', frame: this.id })
  }
}
