import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'

/**
 * Runs a command on this process's own terminal and passes on what ends it. The signals a person or a
 * supervisor sends to this process reach the command, and this process outlives it to clean up.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the command's exit code; 128 + number when a signal ended it
 */
export async function runChild(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const stopPassingOn = passSignalsOn(child)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
  } finally {
    stopPassingOn()
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignalsOn(child) {
  // A terminal sends Ctrl-C to the command itself as well; a second SIGINT would cut its clean shutdown short.
  const onTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor))
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    if (signal !== 'SIGINT' || !onTerminal) child.kill(signal)
  }
  for (const signal of signals) process.on(signal, passOn)
  return () => {
    for (const signal of signals) process.off(signal, passOn)
  }
}
