import { serveLab } from '../engine/lab/serve.ts'

/** The measuring process of the command line: a child process that is told what to do by its parent. */
serveLab(
  {
    post(message) {
      process.send?.(message)
    },
    onMessage: (listen) => void process.on('message', listen),
  },
  new URL('./lab-metronome.js', import.meta.url),
)
// Whoever started it is gone, so nobody waits for a result.
process.on('disconnect', () => process.exit(1))
