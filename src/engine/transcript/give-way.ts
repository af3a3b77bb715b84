import { constants, getPriority, setPriority } from 'node:os'

/**
 * A third of the normal share where threads compete for a core. With less the log falls too far behind a flood on one
 * core: at 10 steps a third of 260,000 messages was not in the file 8 s after the end, at 5 none.
 */
const niceness = 5
const leastPriority = constants.priority.PRIORITY_LOW

/**
 * Has the calling thread, not the process, give way to others. Only on Linux, which has a priority for each thread:
 * elsewhere this call would slow the whole application.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Math.min(leastPriority, getPriority() + niceness))
  } catch {
    // A sandbox may forbid it. The thread then competes as any other.
  }
}
