import type { OpenedFrame, ViewRequest } from './decoder-calls.ts'
import { FrameDocument } from './document.ts'

/** A decoding that takes longer is not repeated: the code's compiling is a small part of it. */
const longestRepeatedNs = 50e6

/** Opens frames on one thread, so that their decoding times exclude the start of that thread. */
export class TimedOpening {
  /** The kinds of decoding that this thread has done. */
  readonly #known = new Set<string>()

  /**
   * The first decoding of a kind also compiles the code for it, which takes far longer
   * than a small frame. A second document then decodes the frame again, and the time is that of the second.
   */
  open(document: FrameDocument, request: ViewRequest): OpenedFrame {
    const opened = document.open(request)
    const kind = [...request.layers, opened.view, opened.form].join(' ')
    if (this.#known.has(kind)) return opened
    this.#known.add(kind)
    if (opened.decodeNs > longestRepeatedNs) return opened
    const { decodeNs } = new FrameDocument(document.frame).open(request)
    return { ...opened, decodeNs }
  }
}
