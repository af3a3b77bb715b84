import { parentPort, workerData } from 'node:worker_threads'
import { reasonOf } from '../../shared/reason.ts'
import { loadSchema } from './load-schema.ts'
import type { FromSchemaThread, SchemaThreadData } from './schema-thread.ts'

/** The thread that reads message types: it reads them once, tells them, and ends. */
async function answer({ sources, includeRoots }: SchemaThreadData): Promise<FromSchemaThread> {
  try {
    return { type: 'loaded', loaded: await loadSchema(sources, includeRoots) }
  } catch (thrown) {
    return { type: 'failed', reason: reasonOf(thrown) }
  }
}

if (parentPort) parentPort.postMessage(await answer(workerData))
