import { buffer, text } from 'node:stream/consumers'
import { CodecError, codecs, type EncodingId } from '../shared/codecs/index.ts'
import { complain, exitCodes, UsageError } from './failure.ts'
import { createInterruption, untilWritten } from './interruption.ts'
import { nodeLines } from './nodes.ts'
import { escapeHidden } from './quote.ts'

/**
 * Reads bytes from standard input and prints the structure in them, one JSON object a node; of faulty bytes as much as
 * could be read. Returns the exit code.
 */
export async function runDecode(encoding: EncodingId): Promise<number> {
  const { read, label } = codecs[encoding]
  if (!read) throw new UsageError(`${label} has no structure to print.`)
  const { signal } = createInterruption()
  const bytes = await buffer(process.stdin)
  const { root, fault } = read(new Uint8Array(bytes))
  for (const line of root ? nodeLines(root) : []) {
    if (signal.aborted) break
    process.stdout.write(`${escapeHidden(JSON.stringify(line))}\n`)
  }
  if (fault) return reportFault(`not ${label}`, fault)
  await untilWritten(signal)
  return exitCodes.success
}

/**
 * Reads text from standard input and writes the bytes that it stands for. The text is taken whole: a final line break is
 * part of it, as every white space is. Returns the exit code.
 */
export async function runEncode(encoding: EncodingId): Promise<number> {
  const { encode, label } = codecs[encoding]
  const { signal } = createInterruption()
  const written = await text(process.stdin)
  try {
    process.stdout.write(encode(written))
  } catch (thrown) {
    return reportFault(`not ${label}`, thrown)
  }
  await untilWritten(signal)
  return exitCodes.success
}

/** Says where the input is at fault; what is no fault of the input goes on. */
function reportFault(what: string, thrown: unknown): number {
  if (!(thrown instanceof CodecError)) throw thrown
  complain(`${what} at offset ${thrown.offset}: ${escapeHidden(thrown.message)}`)
  return exitCodes.failure
}
