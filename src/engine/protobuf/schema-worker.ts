import { parentPort, workerData } from 'node:worker_threads'
import type { ReadingProgress } from '../../shared/protobuf-sources.ts'
import { reasonOf } from '../../shared/reason.ts'
import { loadSchema } from './load-schema.ts'
import type { FromSchemaThread, SchemaThreadData } from './schema-thread.ts'

/** Before that, a reading is too short to tell how far it is, in milliseconds. */
const quietMs = 300
const progressEveryMs = 100

/** Tells the progress now and then. */
function progressTeller(post: (message: FromSchemaThread) => void): (progress: ReadingProgress) => void {
  let next = performance.now() + quietMs
  return (progress) => {
    const now = performance.now()
    if (now < next) return
    next = now + progressEveryMs
    post({ type: 'progress', progress })
  }
}

/** The thread that reads message types: it reads them once, tells them, and ends. */
async function answer(
  { sources, includeRoots }: SchemaThreadData,
  post: (message: FromSchemaThread) => void,
): Promise<FromSchemaThread> {
  try {
    return { type: 'loaded', loaded: await loadSchema(sources, includeRoots, {}, progressTeller(post)) }
  } catch (thrown) {
    return { type: 'failed', reason: reasonOf(thrown) }
  }
}

const port = parentPort
if (port) port.postMessage(await answer(workerData, (message) => port.postMessage(message)))
