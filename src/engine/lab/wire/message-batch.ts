import { type Frame, sizeOf } from '../../../shared/message.ts'
import type { Speaks } from '../../../shared/zmq/zmtp/protocol.ts'
import { headerBytes, writeHeader } from '../../../shared/zmq/zmtp/writer.ts'

/** Messages go out together up to so many bytes, so that a write costs little for each; a longer one goes alone. */
const batchBytes = 65_536

const wireBytes = (speaks: Speaks, frames: readonly Frame[]): number =>
  frames.reduce((sum, { length }) => sum + headerBytes(speaks, length), sizeOf(frames))

/** The most messages of a batch, whichever version of ZMTP is spoken. */
export const messagesPerBatch = (frames: readonly Frame[]): number =>
  Math.max(1, Math.floor(batchBytes / Math.max(wireBytes(1, frames), wireBytes(2, frames))))

/** One message again and again as ZMTP has it, in one buffer: what is sent of it is made once. */
export class MessageBatch {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #length: number
  /** Where the first frame of a message begins. */
  readonly #head: number

  constructor(speaks: Speaks, frames: readonly Frame[], most: number) {
    this.#length = wireBytes(speaks, frames)
    this.#head = headerBytes(speaks, frames[0]?.length ?? 0)
    this.#bytes = new Uint8Array(this.#length * most)
    this.#view = new DataView(this.#bytes.buffer)
    let at = 0
    for (let message = 0; message < most; message += 1) {
      for (const [index, frame] of frames.entries()) {
        at = writeHeader(this.#bytes, at, speaks, 'message', index < frames.length - 1, frame.length)
        this.#bytes.set(frame, at)
        at += frame.length
      }
    }
  }

  /** The first messages; `stamp` writes to each what tells it from the others. */
  take(messages: number, stamp?: (view: DataView, at: number) => void): Uint8Array {
    if (stamp) for (let index = 0; index < messages; index += 1) stamp(this.#view, index * this.#length + this.#head)
    const end = messages * this.#length
    return end === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, end)
  }
}

const shared = new WeakMap<readonly Frame[], Map<Speaks, MessageBatch>>()

/** That of all connections that send the same frames, which may be large. */
export function sharedBatch(speaks: Speaks, frames: readonly Frame[]): MessageBatch {
  const known = shared.get(frames) ?? new Map<Speaks, MessageBatch>()
  shared.set(frames, known)
  const batch = known.get(speaks) ?? new MessageBatch(speaks, frames, messagesPerBatch(frames))
  known.set(speaks, batch)
  return batch
}
