import { CodecError, codecs } from '../shared/codecs/index.ts'
import { type Endpoint, type EndpointRole, parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { encodeText } from '../shared/request/encode-text.ts'
import { escapeHidden } from './escape-hidden.ts'
import { UsageError } from './failure.ts'
import type { Notation } from './quote.ts'

/** Characters shown before and after a fault, so that a long text does not fill the screen. */
const shownBefore = 60
const shownAfter = 20

/** What was thrown about an endpoint, as a `UsageError` with what was meant; anything else as it is. */
export function asUsage(thrown: unknown): unknown {
  if (!(thrown instanceof InspectorError)) return thrown
  const { message, details } = thrown
  const suggestion = String(details?.suggestion ?? '')
  const more = message.includes(suggestion) ? '' : `. Did you mean ${suggestion}?`
  return new UsageError(escapeHidden(`${message}${more}`), { cause: thrown })
}

/** Parses a command's endpoint. Throws `UsageError`. */
export function readEndpoint(text: string, role: EndpointRole): Endpoint {
  try {
    const endpoint = parseEndpoint(text, role, { ipv6: true })
    if (endpoint.scheme !== 'inproc') return endpoint
  } catch (thrown) {
    throw asUsage(thrown)
  }
  throw new UsageError('inproc:// works only within one process: use tcp://, ipc:// or ws://')
}

/** The line of the text that contains the fault, with a caret below it. */
function pointAt(text: string, offset: number): string {
  const before = escapeHidden(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))
  const after = escapeHidden(/^.*/.exec(text.slice(offset))?.[0] ?? '')
  const lead = [...before].slice(-shownBefore)
  return `  ${lead.join('')}${[...after].slice(0, shownAfter).join('')}\n  ${' '.repeat(lead.length)}^`
}

/** Encodes one argument. Throws `UsageError`, which points at the fault. */
export function encodeArgument(text: string, { encoding, options }: Notation): Frame {
  try {
    return encodeText(text, codecs[encoding], options)
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
    throw new UsageError(`This is not ${codecs[encoding].label}. ${thrown.message}.\n${pointAt(text, thrown.offset)}`, {
      cause: thrown,
    })
  }
}
