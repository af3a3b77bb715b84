import { setImmediate as nextTurn } from 'node:timers/promises'

/** What the process holds when everything that is free has been given back. Bytes. */
export async function readMemory(): Promise<{ rssBytes: number; heapBytes: number }> {
  if (!globalThis.gc) throw new Error('node has to run with --expose-gc')
  // What a finalizer lets go is free only with the collection after it.
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc()
    await nextTurn()
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { rssBytes: rss, heapBytes: heapUsed }
}
