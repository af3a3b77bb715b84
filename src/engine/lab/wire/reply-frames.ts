/** What a frame is to a REQ that waits for its reply. */
export type Place = 'wrong' | 'inside' | 'end'

/** Checks the envelope of replies, frame by frame, and keeps nothing of them. */
export class ReplyFrames {
  #index = 0

  /** `limit`: the most bytes of a frame; below 0 for no limit. */
  constructor(private readonly limit: number) {}

  /** Whether the next frame begins a message. */
  get isStart(): boolean {
    return this.#index === 0
  }

  /** Takes the next frame. The first one must be empty, and others must follow it. */
  take(more: boolean, size: number): Place {
    if (this.limit >= 0 && size > this.limit) return 'wrong'
    if (this.#index === 0 && (size > 0 || !more)) return 'wrong'
    this.#index = more ? this.#index + 1 : 0
    return more ? 'inside' : 'end'
  }
}
