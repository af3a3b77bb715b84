import { Worker } from 'node:worker_threads'
import type { FromLab, ToLab } from '../engine/lab/protocol.ts'

/**
 * The measuring process of the desktop: a utility process, so that its crash harms nothing else. In it, a thread does
 * the measuring. Electron's own event loop wakes up through Chromium's, which takes some 100 µs for every reply (seen
 * with Electron 33: p50 of 145 µs over inproc, against 14 µs in a thread, whose event loop is Node's alone).
 */
const thread = new Worker(new URL('./lab-thread.js', import.meta.url))
thread.on('message', (message: FromLab) => process.parentPort.postMessage(message))
thread.on('error', (error) => {
  const message: FromLab = { type: 'broken', error: { code: 'internal', message: error.message } }
  process.parentPort.postMessage(message)
})
process.parentPort.on('message', ({ data }: { data: ToLab }) => thread.postMessage(data))
