import { bytesAround } from '../shared/codecs/around.ts'
import { CodecError, type CodecOptions, codecs, type EncodingId, type ViewId, viewOf } from '../shared/codecs/index.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain, exitCodes, UsageError } from './failure.ts'
import { nodeLines } from './nodes.ts'
import { outputEnd, outputReady, print } from './output.ts'
import { standardInput, textOfInput } from './standard-input.ts'

/**
 * Reads bytes from standard input and prints their structure, one JSON object per node; of invalid bytes, as much as
 * could be read. Returns the exit code.
 */
export async function runDecode(encoding: ViewId, options: CodecOptions): Promise<number> {
  const { read, label } = viewOf(encoding)
  if (!read) throw new UsageError(`${label} has no structure to print.`)
  const bytes = await standardInput()
  const { root, fault } = read(bytes, options)
  for (const line of root ? nodeLines(root) : []) {
    if (outputEnd.aborted) break
    print(`${escapeHidden(JSON.stringify(line))}\n`)
    const ready = outputReady(outputEnd)
    if (ready) await ready
  }
  if (fault) return reportFault(`not ${label}`, fault, `\n  ${bytesAround(bytes, fault.offset, fault.length)}`)
  return exitCodes.success
}

/**
 * Reads text from standard input and writes its bytes. The text is used exactly as given, including a final line break
 * and other white space; bytes that are to be text pass through. Returns the exit code.
 */
export async function runEncode(encoding: EncodingId, options: CodecOptions): Promise<number> {
  const { encode, label } = codecs[encoding]
  const bytes = await standardInput()
  try {
    print(encoding === 'text' ? bytes : encode(textOfInput(bytes), options))
  } catch (thrown) {
    return reportFault(`not ${label}`, thrown)
  }
  return exitCodes.success
}

/** Reports where the input is invalid; rethrows any other error. */
function reportFault(what: string, thrown: unknown, around = ''): number {
  if (!(thrown instanceof CodecError)) throw thrown
  complain(`${what} at offset ${thrown.offset}: ${escapeHidden(thrown.message)}${around}`)
  return exitCodes.failure
}
