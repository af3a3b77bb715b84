import { parentPort } from 'node:worker_threads'
import { serveLab } from '../engine/lab/serve.ts'

if (!parentPort) throw new Error('This module is a thread of the measuring process.')
const port = parentPort

/** The thread in which the desktop measures. */
serveLab(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listen) => void port.on('message', listen),
  },
  {
    metronome: new URL('./lab-metronome.js', import.meta.url),
    sender: new URL('./lab-sender.js', import.meta.url),
  },
)
