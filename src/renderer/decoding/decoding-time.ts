import type { OpenedFrame, ViewRequest } from './decoder-calls.ts'
import { FrameDocument } from './document.ts'

/** A page's clock has steps of 0.1 ms. What is shorter than this is repeated for as long, and the mean is taken. */
const leastTimedMs = 1

/** A first decoding that takes longer is not repeated: the code's compiling is a small part of it. */
const longestRepeatedMs = 50

/** The mean time of a decoding, in nanoseconds. */
function meanDecodingNs(frame: Uint8Array, request: ViewRequest): number {
  const start = performance.now()
  let count = 0
  let elapsedMs = 0
  while (elapsedMs < leastTimedMs) {
    new FrameDocument(frame).decode(request)
    count += 1
    elapsedMs = performance.now() - start
  }
  return (elapsedMs * 1e6) / count
}

/** Opens frames on one thread, so that their decoding times exclude the start of that thread. */
export class TimedOpening {
  /** The kinds of decoding that this thread has done. */
  readonly #known = new Set<string>()

  /**
   * The time is that of other documents with the same frame, decoded again, where this one says little: the clock is too
   * coarse for a small frame, and the first decoding of a kind also compiles the code for it, which takes far longer.
   */
  open(document: FrameDocument, request: ViewRequest): OpenedFrame {
    const isInside = document.hasOpened(request.layers)
    const opened = document.open(request)
    const kind = [...request.layers, opened.view, opened.form].join(' ')
    const isNew = !this.#known.has(kind)
    this.#known.add(kind)
    const longestMs = isNew ? longestRepeatedMs : leastTimedMs
    if (opened.decodeNs >= longestMs * 1e6) return opened
    // Layers that this decoding found open are not opened for its time either: that may take far longer.
    const [bytes, again] =
      isInside && opened.inner ? [opened.inner, { ...request, layers: [], described: null }] : [document.frame, request]
    const decodeNs = meanDecodingNs(bytes, again)
    // Code that is new is slow for some more times than the first.
    const isWarm = !isNew || decodeNs >= leastTimedMs * 1e6
    return { ...opened, decodeNs: isWarm ? decodeNs : meanDecodingNs(bytes, again) }
  }
}
