import { InspectorError } from '../shared/errors.ts'
import { explanationOf } from '../shared/reason.ts'

/** Why standard output ended when its reader has gone (`… | head -1`), which is a normal end. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'

  constructor() {
    super('Nobody reads the output any more.')
  }
}

const ended = new AbortController()

/** Aborted when nothing more can be printed; its reason is `OutputClosed` or an `InspectorError`. */
export const outputEnd: AbortSignal = ended.signal

/** How the end of a pipe is told; a socket in its place (as some shells have) is reset instead. */
const closedCodes = ['EPIPE', 'EOF', 'ECONNRESET']

/** Notes when standard output or standard error cannot be written. To be called once, before anything is printed. */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The first error tells why; those that follow only that the stream has ended.
    if (closedCodes.includes(error.code ?? '')) ended.abort(new OutputClosed())
    else ended.abort(new InspectorError('file-failed', `The output could not be written: ${explanationOf(error)}`))
  })
  // Without standard error there is nowhere to tell this, and what is on standard output must not be lost with it.
  process.stderr.on('error', () => undefined)
}

export function print(text: string | Uint8Array): void {
  if (!outputEnd.aborted) process.stdout.write(text)
}

/**
 * Resolves when the readers of standard output and standard error have taken what was printed, or `stop` is aborted;
 * undefined while they keep up. What is printed must wait for it, or memory grows with what nobody reads.
 */
export function outputReady(stop: AbortSignal): Promise<void> | undefined {
  const full = [process.stdout, process.stderr].find((stream) => stream.writableNeedDrain && !stream.destroyed)
  if (!full || stop.aborted) return undefined
  return new Promise((resolve) => {
    const go = () => {
      for (const event of ['drain', 'close']) full.off(event, go)
      stop.removeEventListener('abort', go)
      resolve()
    }
    for (const event of ['drain', 'close']) full.on(event, go)
    stop.addEventListener('abort', go)
  })
}

const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed) resolve()
    else stream.write('', () => resolve())
  })

/** How long the rest of the output may take after Ctrl-C. A reader that reads needs milliseconds. */
const patienceMs = 1000

/**
 * Resolves with true when everything that was printed has been taken, and with false when nobody takes it and `stop` was
 * aborted a second ago: the process must then end without it.
 */
export async function outputTaken(stop: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<false>((resolve) => {
    const begin = () => {
      timer ??= setTimeout(() => resolve(false), patienceMs)
    }
    if (stop.aborted) begin()
    else stop.addEventListener('abort', begin)
  })
  const all = Promise.all([written(process.stdout), written(process.stderr)]).then(() => true)
  const taken = await Promise.race([all, patience])
  clearTimeout(timer)
  // A stream reports an error one turn after its write.
  if (taken) await new Promise<void>((resolve) => setImmediate(resolve))
  return taken
}
