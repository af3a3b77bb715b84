import { Worker } from 'node:worker_threads'
import type { FromLab, LabPort } from '../engine/lab/protocol.ts'

/**
 * Measures in a thread of this process. Electron's own event loop wakes up through Chromium's, which adds some 100 µs
 * to every reply (seen with Electron 33: p50 of 145 µs over inproc, against 14 µs in a thread, whose event loop is
 * Node's alone), and it cannot report how busy it is.
 */
export function measureInThread({ post, onMessage }: LabPort): void {
  const thread = new Worker(new URL('./lab-thread.js', import.meta.url))
  thread.on('message', (message: FromLab) => post(message))
  thread.on('error', (error) => post({ type: 'broken', error: { code: 'internal', message: error.message } }))
  onMessage((message) => thread.postMessage(message))
}
