import { InspectorError } from '../errors.ts'
import { formatSize } from '../format.ts'
import { type Frame, sizeOf } from '../message.ts'

/** The most bytes of the message of a program: a longer text is none that a person can read. */
export const maximumProgramBytes = 256 * 1024

/** Throws `InspectorError` (`too-large`) when a message is too long for a program. */
export function checkProgramSize(frames: readonly Frame[]): void {
  const bytes = sizeOf(frames)
  if (bytes <= maximumProgramBytes) return
  throw new InspectorError(
    'too-large',
    `The message has ${formatSize(bytes)}. A program can have ${formatSize(maximumProgramBytes)} of it at most.`,
    { maximumBytes: maximumProgramBytes },
  )
}
