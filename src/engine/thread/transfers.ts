import type { TranscriptRecord } from '../../shared/transcript/record.ts'

/** What goes with answers that nobody here needs any more. */
const buffersOf = new WeakMap<object, readonly ArrayBuffer[]>()

/** Has the bytes of the records, which are part of the answer, moved to the host instead of copied. */
export function handedOver<Answer extends object>(answer: Answer, records: readonly TranscriptRecord[]): Answer {
  // Frames of a record are views of one buffer.
  const buffers = new Set<ArrayBuffer>()
  for (const { frames } of records) {
    for (const { buffer } of frames) if (buffer instanceof ArrayBuffer) buffers.add(buffer)
  }
  buffersOf.set(answer, [...buffers])
  return answer
}

/** The buffers to move with an answer. */
export const transfersOf = (answer: unknown): readonly ArrayBuffer[] =>
  (typeof answer === 'object' && answer !== null && buffersOf.get(answer)) || []
