import { CodecError, type CodecOptions } from '../codec.ts'
import { printJson } from './json-print.ts'
import { notationOf } from './notation.ts'
import { scanFields } from './scan.ts'
import type { MessageType } from './schema.ts'

/** The message on one line for a list, truncated with `…`; undefined when the bytes are not a message. */
export function protobufLine(
  bytes: Uint8Array,
  { message }: CodecOptions,
  maximumCharacters: number,
): string | undefined {
  const { fields, fault } = scanFields(bytes, 0, bytes.length, 0)
  if (fault !== undefined) return undefined
  const json = message && jsonLine(bytes, message, maximumCharacters)
  const line = json ?? notationOf(bytes, fields, { message, isCompact: true, maximumCharacters })
  if (line.length <= maximumCharacters) return line
  const last = line.charCodeAt(maximumCharacters - 2)
  const room = last >= 0xd800 && last < 0xdc00 ? maximumCharacters - 2 : maximumCharacters - 1
  return `${line.slice(0, room)}…`
}

function jsonLine(bytes: Uint8Array, message: MessageType, maximumCharacters: number): string | undefined {
  try {
    return printJson(bytes, message, maximumCharacters)
  } catch (error) {
    // What JSON cannot express, the notation can.
    if (error instanceof CodecError) return undefined
    throw error
  }
}
