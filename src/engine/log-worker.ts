import { parentPort, workerData } from 'node:worker_threads'
import { reasonOf } from '../shared/reason.ts'
import { openOrSetAside } from './files/open-database.ts'
import type { FromLogThread, LogThreadData, ToLogThread } from './log-protocol.ts'
import { LogStore } from './log-store.ts'

function start(port: NonNullable<typeof parentPort>, data: LogThreadData): void {
  const tell = (message: FromLogThread) => port.postMessage(message)
  try {
    const { path, maximumBytes, maximumAgeMs } = data
    const open = () => new LogStore(path, maximumBytes, maximumAgeMs)
    const store = openOrSetAside(path, open, (setAside, reason) => tell({ type: 'damaged', setAside, reason }))
    tell({ type: 'opened', status: store.status })
    serve(port, store, tell)
  } catch (thrown) {
    // Told and not thrown on: libsql's errors lose their message on the way to another thread.
    tell({ type: 'broken', reason: reasonOf(thrown) })
  }
}

function serve(port: NonNullable<typeof parentPort>, store: LogStore, tell: (message: FromLogThread) => void): void {
  let releasing: NodeJS.Immediate | undefined
  /** Hands freed space back step by step: what arrives meanwhile is done in between. */
  const releaseSpace = () => {
    releasing ??= setImmediate(() => {
      releasing = undefined
      try {
        if (store.releaseSpace()) releaseSpace()
      } catch (thrown) {
        tell({ type: 'lost', entries: 0, bytes: 0, reason: reasonOf(thrown) })
      }
    })
  }
  releaseSpace()

  const answer = (message: Extract<ToLogThread, { type: 'call' }>): unknown => {
    switch (message.name) {
      case 'query':
        return store.query(message.input)
      case 'count':
        return store.count(message.input)
      case 'entry':
        return store.entry(message.input)
      case 'page':
        return store.page(message.input.filter, message.input.afterId, message.input.lastId)
      case 'clear':
        store.clear()
        return store.status
      case 'setBounds':
        store.setBounds(message.input)
        releaseSpace()
        return store.status
      case 'setViews':
        store.setViews(message.input)
        return null
      case 'flush':
        return store.status
      case 'close':
        clearImmediate(releasing)
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
        releaseSpace()
        tell({ type: 'appended', status: store.status, entries, bytes })
      } catch (thrown) {
        tell({ type: 'lost', entries, bytes, reason: reasonOf(thrown) })
      }
      return
    }
    try {
      tell({ type: 'answer', id: message.id, value: answer(message) })
    } catch (thrown) {
      tell({ type: 'failure', id: message.id, message: reasonOf(thrown) })
    }
  })
}

if (parentPort) start(parentPort, workerData)
