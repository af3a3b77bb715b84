import type { Frame } from '../../shared/message.ts'
import { mebibytes } from '../../shared/settings.ts'
import type { KeptTopic, Recency } from './kept-topic.ts'

/** What of a message is kept: enough for a line of anything. */
const mostBytes = 1024
const mostFrames = 32
/** About what a kept frame takes besides its bytes. */
const frameBytes = 32

/** The bytes of a frame, each as a character: that takes a third of the time and memory of a small buffer. */
export const bytesAsText = (frame: Frame, most: number): string =>
  (Buffer.isBuffer(frame) ? frame : Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)).toString(
    'latin1',
    0,
    Math.min(most, frame.byteLength),
  )

/** The beginning of each topic's last message, bounded in all their bytes. */
export class LastMessages {
  #bytes = 0

  /** `keyFrame`: the place of the frame that is the topic itself, and needs not be kept; -1 without one. */
  constructor(
    private readonly recency: Recency,
    private readonly keyFrame: number,
    private readonly budget = mebibytes(64),
  ) {}

  /**
   * Takes a message of a topic, of `size` bytes, whose frames begin at `from`. Returns whether it is another than the one
   * before, as far as that was kept.
   */
  take(topic: KeptTopic, frames: readonly Frame[], from: number, size: number): boolean {
    const { kept } = topic
    const count = Math.min(mostFrames, frames.length - from)
    let isSame = kept !== null && size === topic.size && kept.length === count
    const texts: string[] = []
    let room = mostBytes
    let bytes = 0
    for (let place = 0; place < count; place += 1) {
      const frame = frames[from + place]
      const text = place === this.keyFrame || !frame ? '' : bytesAsText(frame, room)
      room -= text.length
      bytes += text.length + frameBytes
      isSame &&= kept?.[place] === text
      texts.push(text)
    }
    topic.size = size
    if (isSame) return false
    this.#bytes += bytes - topic.keptBytes
    topic.keptBytes = bytes
    topic.kept = texts
    if (this.#bytes > this.budget) this.#releaseOldest()
    return true
  }

  release(topic: KeptTopic): void {
    this.#bytes -= topic.keptBytes
    topic.keptBytes = 0
    topic.kept = null
  }

  /** The least recent topics do without. */
  #releaseOldest(): void {
    let next = this.recency.oldest
    for (; next && this.#bytes > this.budget / 2; next = next.newer) this.release(next)
  }
}
