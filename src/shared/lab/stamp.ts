/** Every message of a one-way stream begins with so many bytes that say which it is. */
export const stampBytes = 16

/**
 * What a message of a one-way stream says of itself. In bytes, most significant first: the run and whether the message is
 * measured (2), its number (6), and the time as a float (8).
 */
export interface Stamp {
  /** Tells the messages of a run from those of another: 0 to 32,767. */
  readonly run: number
  /** Whether it counts, or only warms up. */
  readonly isMeasured: boolean
  /** From 0, of those that count, or of the others. */
  readonly sequence: number
  /** When it was sent, in nanoseconds of the monotonic clock, which all processes of a machine share. */
  readonly sentNs: number
}

export const mostRuns = 0x8000
const measuredFlag = 0x8000
const lowerHalf = 2 ** 32
/** The number of a message that only shows that somebody listens. */
export const helloSequence = 2 ** 48 - 1

/** Writes a stamp to the `stampBytes` bytes from `at` on. */
export function writeStamp(view: DataView, at: number, { run, isMeasured, sequence, sentNs }: Stamp): void {
  view.setUint16(at, run | (isMeasured ? measuredFlag : 0))
  view.setUint16(at + 2, Math.floor(sequence / lowerHalf))
  view.setUint32(at + 4, sequence % lowerHalf)
  view.setFloat64(at + 8, sentNs)
}

/** A stamp that is used again for each message. */
export type StampTarget = { -readonly [Key in keyof Stamp]: Stamp[Key] }

export const newStamp = (): StampTarget => ({ run: 0, isMeasured: false, sequence: 0, sentNs: 0 })

/** Reads the stamp from the `stampBytes` bytes from `at` on. */
export function readStampTo(target: StampTarget, view: DataView, at: number): void {
  const head = view.getUint16(at)
  target.run = head & ~measuredFlag
  target.isMeasured = (head & measuredFlag) !== 0
  target.sequence = view.getUint16(at + 2) * lowerHalf + view.getUint32(at + 4)
  target.sentNs = view.getFloat64(at + 8)
}

/** Reads the stamp that a message begins with; null where it is too short for one. */
export function readStamp(message: Uint8Array): Stamp | null {
  if (message.byteLength < stampBytes) return null
  const stamp = newStamp()
  readStampTo(stamp, new DataView(message.buffer, message.byteOffset, stampBytes), 0)
  return stamp
}
