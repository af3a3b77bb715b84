import { serveLab } from '../engine/lab/serve.ts'
import { openLabPort } from './lab-port.ts'

/** The measuring process of the command line: a child process controlled by its parent. */
serveLab(openLabPort(), {
  metronome: new URL('./lab-metronome.js', import.meta.url),
  sender: new URL('./lab-sender.js', import.meta.url),
})
