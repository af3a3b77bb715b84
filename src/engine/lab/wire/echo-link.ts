import type { Speaks } from '../../../shared/zmq/zmtp/protocol.ts'
import { headerBytes, writeHeader } from '../../../shared/zmq/zmtp/writer.ts'
import { WireLink } from './link.ts'

/** One connection of an echo: each frame goes back as it came. */
export class EchoLink extends WireLink {
  #speaks: Speaks = 3
  #isInFrame = false

  protected open(speaks: Speaks): void {
    this.#speaks = speaks
  }

  protected frame(more: boolean, size: number): void {
    this.#isInFrame = true
    const header = new Uint8Array(headerBytes(this.#speaks, size))
    writeHeader(header, 0, this.#speaks, 'message', more, size)
    this.transport.cork()
    this.transport.write(header)
  }

  protected override payload(chunk: Uint8Array, start: number, end: number): void {
    if (this.#isInFrame) this.transport.write(chunk.subarray(start, end))
  }

  protected frameEnd(): void {
    if (this.#isInFrame) this.transport.uncork()
    this.#isInFrame = false
  }

  protected chunkEnd(): void {
    // Its frames have gone out.
  }

  protected lose(): void {
    // Nothing waits for it.
  }
}
