/** What a frame is to a REQ or a DEALER that waits for its reply. */
export type Place = 'wrong' | 'unnumbered' | 'number' | 'inside' | 'end'

/** Checks the envelope of replies, frame by frame, and keeps nothing of them. */
export class ReplyFrames {
  #index = 0

  /** `limit`: the most bytes of a frame; below 0 for no limit. `number`: bytes of one before the empty frame; 0 for none. */
  constructor(
    private readonly limit: number,
    private readonly number = 0,
  ) {}

  /** Takes the next frame. The first one, but for a number, must be empty, and others must follow it. */
  take(more: boolean, size: number): Place {
    if (this.limit >= 0 && size > this.limit) return 'wrong'
    const place = this.#index
    this.#index = more ? place + 1 : 0
    const first = this.number > 0 ? 1 : 0
    if (place < first) return size === this.number && more ? 'number' : 'unnumbered'
    if (place === first && (size > 0 || !more)) return 'wrong'
    return more ? 'inside' : 'end'
  }
}
