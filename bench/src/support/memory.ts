import { setImmediate as nextTurn } from 'node:timers/promises'

/** The process's memory after garbage collection, in bytes. */
export async function readMemory(): Promise<{ rssBytes: number; heapBytes: number }> {
  if (!globalThis.gc) throw new Error('node has to run with --expose-gc')
  // What a finalizer releases is freed only by the next collection.
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc()
    await nextTurn()
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { rssBytes: rss, heapBytes: heapUsed }
}
