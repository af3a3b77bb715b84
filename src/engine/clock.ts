/** Wall-clock milliseconds since the epoch, with a fraction: for showing, never for measuring. */
export const wallClock = (): number => performance.timeOrigin + performance.now()

/** Nanoseconds of a monotonic clock: for measuring. A double is exact to the nanosecond for 104 days. */
export const monotonicNanoseconds = (): number => Number(process.hrtime.bigint())
