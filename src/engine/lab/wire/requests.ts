import type { RequestListener } from '../load-socket.ts'

/** What a reply is: that of a request, another to one that had its own, one to a request that was given up, or none to any. */
export type Answered = 'answer' | 'repeated' | 'late' | 'foreign'

/** The requests of a connection that are under way, whichever way their replies are told apart. Nothing is made for one. */
export interface Requests {
  /** How many have their replies and are not told yet. */
  readonly answered: number
  /** How many wait for their replies. */
  readonly waiting: number
  /** Replies that came after that of a later request, and those to requests that had theirs: 0 where that is not seen. */
  readonly reordered: number
  readonly repeated: number
  /** Adds a request that is sent now, where fewer than the most are under way. Returns its place. */
  add(listener: RequestListener): number
  /** Writes the number of the request at a place, where there are numbers. */
  writeNumber(place: number, view: DataView, at: number): void
  /** Takes a reply that has come now, by its number where there are numbers. */
  answer(number: DataView): Answered
  /** Tells of a reply that has come, and lets go of its request. */
  tellNext(): void
  /** How long the oldest waits that has no reply, in milliseconds. */
  waitedMs(): number
  /** Lets go of those that have waited so long although a later one was answered; none where replies have no numbers. */
  takeLeftOut(limitMs: number): readonly RequestListener[]
  /** Lets go of those that wait, the oldest first. */
  takeWaiting(): readonly RequestListener[]
}
