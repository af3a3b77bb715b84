import { parentPort, workerData } from 'node:worker_threads'
import { reasonOf } from '../../shared/reason.ts'
import { unpackBatch } from './batch.ts'
import { LogFile } from './file.ts'
import { giveWay } from './give-way.ts'
import type { FromLogThread, LogThreadData, ToLogThread } from './protocol.ts'

function start(port: NonNullable<typeof parentPort>, data: LogThreadData): void {
  const tell = (message: FromLogThread) => port.postMessage(message)
  try {
    serve(port, new LogFile(data, tell), tell)
  } catch (thrown) {
    // Told and not thrown on: libsql's errors lose their message on the way to another thread.
    tell({ type: 'broken', reason: reasonOf(thrown) })
  }
}

function serve(port: NonNullable<typeof parentPort>, file: LogFile, tell: (message: FromLogThread) => void): void {
  let releasing: NodeJS.Immediate | undefined
  /** Hands freed space back step by step: what arrives meanwhile is done in between. */
  const releaseSpace = () => {
    releasing ??= setImmediate(() => {
      releasing = undefined
      try {
        if (file.releaseSpace()) releaseSpace()
      } catch {
        // The file has told why it cannot be written.
      }
    })
  }
  releaseSpace()

  const answer = async (message: Extract<ToLogThread, { type: 'call' }>): Promise<unknown> => {
    switch (message.name) {
      case 'query':
        return file.store.query(message.input)
      case 'search':
        return file.store.search(message.input)
      case 'count':
        return file.store.count(message.input.filter, message.input.afterId)
      case 'entry':
        return file.store.entry(message.input)
      case 'partner':
        return file.store.partner(message.input)
      case 'page': {
        const { cleared, evicted } = file.status
        const { filter, afterId, lastId } = message.input
        return { ...file.store.page(filter, afterId, lastId), cleared, evicted }
      }
      case 'survey': {
        const { cleared, evicted } = file.status
        return { ...file.store.survey(message.input.filter, message.input.lastId), cleared, evicted }
      }
      case 'clear':
        await file.clear()
        return file.status
      case 'setBounds':
        file.setBounds(message.input)
        releaseSpace()
        return file.status
      case 'setViews':
        file.setViews(message.input)
        return null
      case 'flush':
        return file.status
      case 'close':
        clearImmediate(releasing)
        file.close()
        return null
    }
  }

  port.on('message', (message: ToLogThread) => {
    if (message.type === 'append') {
      const { bytes, count: entries } = message.batch
      try {
        file.append(unpackBatch(message.batch))
        releaseSpace()
        tell({ type: 'appended', status: file.status, entries, bytes })
      } catch (thrown) {
        tell({ type: 'lost', entries, bytes, reason: reasonOf(thrown) })
      }
      return
    }
    answer(message).then(
      (value) => tell({ type: 'answer', id: message.id, value }),
      (thrown: unknown) => tell({ type: 'failure', id: message.id, message: reasonOf(thrown) }),
    )
  })
}

if (parentPort) {
  giveWay()
  start(parentPort, workerData)
}
