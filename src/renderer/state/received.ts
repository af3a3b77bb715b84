/** Frames above this size are closed at first, and never decoded without being asked. */
export const largeFrameBytes = 1024 * 1024

/** At most so many frames of a message are open at first. */
const openFrames = 50

/** How many frames of a message are open at first: the first ones, as long as they are few and small together. */
export function countOpenFrames(frames: readonly Uint8Array[]): number {
  let size = 0
  const closed = frames.findIndex((frame, index) => {
    size += frame.byteLength
    return index >= openFrames || size > largeFrameBytes
  })
  return closed < 0 ? frames.length : closed
}
