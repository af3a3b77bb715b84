/** How far the clocks may drift before the wall clock is assumed to have been set, or the machine to have slept. */
const toleratedMs = 50

/**
 * Milliseconds since the epoch with a fraction, which the `system` clock lacks: the `monotonic` clock, offset to the
 * system's time. The offset is renewed when they drift apart: on Linux the monotonic clock stops while the machine
 * sleeps, and the system clock may be set.
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

/** Wall-clock milliseconds since the epoch, with a fraction: for display, never for measuring. */
export const wallClock = createWallClock(() => performance.now(), Date.now)

/** Nanoseconds of a monotonic clock, for measuring. A double is exact to the nanosecond for 104 days. */
export const monotonicNanoseconds = (): number => Number(process.hrtime.bigint())
