import { existsSync, renameSync, rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromLogThread, LogThreadData, ToLogThread } from './log-protocol.ts'
import { LogStore } from './log-store.ts'

/** Moves a file that cannot be used out of the way, under a name that says when. */
function setAside(path: string): string {
  const target = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`
  renameSync(path, target)
  // A write-ahead file belongs to the database it was written for; beside a new one it would be poison.
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  }
  return target
}

function openStore({ path, maximumBytes }: LogThreadData): { store: LogStore; aside: string | null; reason: string } {
  try {
    return { store: new LogStore(path, maximumBytes), aside: null, reason: '' }
  } catch (thrown) {
    if (!existsSync(path)) throw thrown
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    const aside = setAside(path)
    rmSync(`${path}-shm`, { force: true })
    return { store: new LogStore(path, maximumBytes), aside, reason }
  }
}

function serve(port: NonNullable<typeof parentPort>, data: LogThreadData): void {
  const tell = (message: FromLogThread) => port.postMessage(message)
  const { store, aside, reason } = openStore(data)
  tell({ type: 'opened', status: store.status, setAside: aside, reason })

  const answer = (message: Extract<ToLogThread, { type: 'call' }>): unknown => {
    switch (message.name) {
      case 'query':
        return store.query(message.input)
      case 'entry':
        return store.entry(message.input)
      case 'page':
        return store.page(message.input.filter, message.input.afterId)
      case 'clear':
        store.clear()
        return store.status
      case 'setMaximumBytes':
        store.setMaximumBytes(message.input)
        return store.status
      case 'flush':
        return store.status
      case 'close':
        store.close()
        return null
    }
  }

  port.on('message', (message: ToLogThread) => {
    if (message.type === 'append') {
      const bytes = message.bodies.byteLength
      const entries = message.entries.length
      try {
        store.append(message.entries, message.bodies)
        tell({ type: 'appended', status: store.status, entries, bytes })
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown)
        tell({ type: 'lost', entries, bytes, reason: why })
      }
      return
    }
    try {
      tell({ type: 'answer', id: message.id, value: answer(message) })
    } catch (thrown) {
      tell({ type: 'failure', id: message.id, message: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  })
}

if (parentPort) serve(parentPort, workerData)
