import { Worker } from 'node:worker_threads'
import type { ReadingProgress, SchemaSource } from '../../shared/protobuf-sources.ts'
import { reasonOf } from '../../shared/reason.ts'
import type { LoadedSchema } from './load-schema.ts'

export interface SchemaThreadData {
  readonly sources: readonly SchemaSource[]
  readonly includeRoots: readonly string[]
}

export type FromSchemaThread =
  | { readonly type: 'progress'; readonly progress: ReadingProgress }
  | { readonly type: 'loaded'; readonly loaded: LoadedSchema }
  | { readonly type: 'failed'; readonly reason: string }

/**
 * Reads the message types of sources. Rejects with words for people when it cannot, and at once when `stop` is aborted.
 * `progress` is told now and then when it takes long.
 */
export type SchemaLoader = (
  sources: readonly SchemaSource[],
  includeRoots: readonly string[],
  stop: AbortSignal,
  progress?: (progress: ReadingProgress) => void,
) => Promise<LoadedSchema>

/** What one reading may use. Past it the files are hostile, or no message types. */
export interface ThreadLimits {
  readonly milliseconds: number
  readonly mebibytes: number
}

const threadLimits: ThreadLimits = { milliseconds: 120_000, mebibytes: 1024 }

const nothing: LoadedSchema = {
  schema: { messages: {}, enums: {} },
  owners: new Map(),
  files: [],
  folders: [],
  problems: [],
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

/**
 * A loader with a thread for each reading, so that no file can hold up the caller, whatever is in it. A thread that takes
 * too long, or too much memory, is ended. `worker` is the built schema-worker module.
 */
export const schemaThread =
  (worker: URL, { milliseconds, mebibytes }: ThreadLimits = threadLimits): SchemaLoader =>
  async (sources, includeRoots, stop, progress) => {
    // Most people have none, and need no thread for that.
    if (sources.length === 0) return nothing
    stop.throwIfAborted()
    const data: SchemaThreadData = { sources, includeRoots }
    const thread = new Worker(worker, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: mebibytes } })
    let timer: NodeJS.Timeout | undefined
    let onStop: (() => void) | undefined
    try {
      return await new Promise<LoadedSchema>((resolve, reject) => {
        thread.on('message', (message: FromSchemaThread) => {
          if (message.type === 'progress') progress?.(message.progress)
          else if (message.type === 'loaded') resolve(message.loaded)
          else reject(new Error(message.reason))
        })
        thread.on('error', (error) =>
          reject(new Error(isOutOfMemory(error) ? `it took more than ${mebibytes} MiB of memory` : reasonOf(error))),
        )
        thread.on('exit', () => reject(new Error('its thread ended')))
        timer = setTimeout(
          () => reject(new Error(`it took more than ${milliseconds / 1000} s, so it was stopped`)),
          milliseconds,
        )
        onStop = () => reject(new Error('it was stopped'))
        stop.addEventListener('abort', onStop)
      })
    } finally {
      clearTimeout(timer)
      if (onStop) stop.removeEventListener('abort', onStop)
      // Not waited for: it can be inside a call to the system.
      void thread.terminate()
    }
  }
