import type { Difference, Frame } from '../shared/message.ts'

function firstDifferentByte(left: Frame, right: Frame): number {
  const shorter = Math.min(left.byteLength, right.byteLength)
  let offset = 0
  while (offset < shorter && left[offset] === right[offset]) offset += 1
  return offset
}

/** Where the reply first differs from the request; null when they are identical, frame for frame. */
export function findDifference(request: readonly Frame[], reply: readonly Frame[]): Difference | null {
  const frames = Math.max(request.length, reply.length)
  for (let frame = 0; frame < frames; frame += 1) {
    const left = request[frame]
    const right = reply[frame]
    if (!left || !right) return { frame, offset: 0 }
    // Buffer.compare is memcmp; only differing frames are compared byte by byte.
    if (Buffer.compare(left, right) !== 0) return { frame, offset: firstDifferentByte(left, right) }
  }
  return null
}
