import { type Codec, CodecError, type CodecOptions } from './codec.ts'
import { encodingFacts } from './facts.ts'
import { formatJson } from './json/format.ts'
import { parseJson } from './json/parse.ts'
import { encodeJson } from './protobuf/json-encode.ts'
import { printJson } from './protobuf/json-print.ts'
import { protobufLine } from './protobuf/line.ts'
import { notationOf } from './protobuf/notation.ts'
import { parseNotation } from './protobuf/notation-parse.ts'
import { readProtobuf } from './protobuf/read.ts'
import { scanFields } from './protobuf/scan.ts'
import type { MessageType } from './protobuf/schema.ts'

export { completeProtobuf } from './protobuf/complete.ts'
export { messageNames } from './protobuf/names.ts'
export { skeleton } from './protobuf/skeleton.ts'
export { protobufLine }

/**
 * Protocol Buffers. With a message type the text is Protobuf's JSON; without one, and for bytes that the JSON could not
 * reproduce, it is a notation of the wire format (see `parseNotation`).
 */
export const protobuf: Codec = {
  ...encodingFacts.protobuf,
  encode: encodeProtobuf,
  decode: decodeProtobuf,
  read: readProtobuf,
  line: (bytes, maximumCharacters, options = {}) => protobufLine(bytes, options, maximumCharacters),
}

function encodeProtobuf(text: string, { message }: CodecOptions = {}): Uint8Array {
  if (message !== undefined && isJson(text)) return encodeJson(parseJson(text), message)
  const brace = /^\s*\{/.exec(text)
  if (brace === null) return parseNotation(text)
  const cure = 'choose a message type, or write field numbers, such as 1: 150'
  throw new CodecError('encode-failed', `JSON needs a message type: ${cure}`, brace[0].length - 1)
}

/** Whether the text is meant as JSON: the notation never starts with these characters. */
export function isJson(text: string): boolean {
  return /^\s*[{["]/.test(text)
}

function decodeProtobuf(bytes: Uint8Array, { message, isOneLine = false }: CodecOptions = {}): string {
  const { fields, fault } = scanFields(bytes, 0, bytes.length, 0)
  if (fault !== undefined) throw new CodecError('decode-failed', fault.message, fault.offset, fault.length)
  const json = message && exactJson(bytes, message, isOneLine)
  return json ?? notationOf(bytes, fields, { message, isCompact: isOneLine })
}

/** The message as JSON, if that encodes to exactly these bytes. */
function exactJson(bytes: Uint8Array, message: MessageType, isOneLine: boolean): string | undefined {
  try {
    const line = printJson(bytes, message)
    const text = isOneLine ? line : formatJson(line)
    if (!isJson(text)) return undefined
    const again = encodeProtobuf(text, { message })
    const isSame = again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
    return isSame ? text : undefined
  } catch (error) {
    // What JSON cannot express, or not within its limits, the notation can.
    if (error instanceof CodecError) return undefined
    throw error
  }
}
