/** Milliseconds that this process has computed, with all its threads: unlike a clock, other programs do not add to it. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
