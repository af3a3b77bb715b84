/** @typedef {(line: string) => void} Say Tells the person one line about what is going on. */

/**
 * Progress goes to stderr wherever a command's own output owns stdout.
 * @type {Say}
 */
export const sayOnStderr = (line) => void process.stderr.write(`${line}\n`)

/** @type {Say} */
export const sayOnStdout = (line) => void process.stdout.write(`${line}\n`)

/** A failure whose message is all that the person needs: shown without a stack trace. */
export class PlainError extends Error {}

/**
 * Runs a script's main function: its result is the exit code; a plain error is one message and code 1.
 * @param {() => Promise<number | undefined>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    process.stderr.write(`${wordingOf(error)}\n`)
    process.exitCode = 1
  }
}

/** @param {unknown} error */
function wordingOf(error) {
  if (error instanceof PlainError) return error.message
  return error instanceof Error ? error.stack : String(error)
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`
}

/** @param {number} since a value of performance.now() */
export function secondsSince(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
