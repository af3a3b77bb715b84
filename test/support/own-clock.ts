import { onTestFinished } from 'vitest'

const tickMs = 20

/** Counts milliseconds in which the event loop went on: a busy machine that holds this process up hardly adds to it. */
export function startOwnClock(): () => number {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, tickMs)
  onTestFinished(() => clearInterval(timer))
  return () => ticks * tickMs
}
