/** Larger frames start collapsed, and are decoded only on request. */
export const largeFrameBytes = 1024 * 1024

/** How many leading frames of a message start expanded: as long as their total size is small. */
export function countOpenFrames(frames: readonly Uint8Array[]): number {
  let size = 0
  const closed = frames.findIndex((frame) => {
    size += frame.byteLength
    return size > largeFrameBytes
  })
  return closed < 0 ? frames.length : closed
}
