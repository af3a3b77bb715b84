/** How far the two clocks may part before the wall clock is taken to have been set or the machine to have slept. */
const toleratedMs = 50

/**
 * Milliseconds since the epoch with a fraction, which a `system` clock of whole milliseconds lacks: those of a
 * `monotonic` clock, moved to where the system's stands. Anew when they part: on Linux the monotonic clock stands still
 * while the machine sleeps, and a person or a time server may set the system's.
 */
export function createWallClock(monotonic: () => number, system: () => number): () => number {
  let offset = system() - monotonic()
  return () => {
    const now = offset + monotonic()
    const apart = system() - now
    if (Math.abs(apart) <= toleratedMs) return now
    offset += apart
    return now + apart
  }
}

/** Wall-clock milliseconds since the epoch, with a fraction: for showing, never for measuring. */
export const wallClock = createWallClock(() => performance.now(), Date.now)

/** Nanoseconds of a monotonic clock: for measuring. A double is exact to the nanosecond for 104 days. */
export const monotonicNanoseconds = (): number => Number(process.hrtime.bigint())
