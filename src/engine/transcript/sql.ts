import { envelopeEnd } from './rows.ts'

export type Value = string | number | Uint8Array

/** A statement, or a part of one, with the values of its placeholders. */
export interface Statement {
  readonly sql: string
  readonly values: readonly Value[]
}

const envelopeSizes = `substr(frame_sizes, 1, instr(frame_sizes, '${envelopeEnd}') - 1)`

/**
 * The bytes of the envelope, which stand at the beginning of the body. Nearly all are one routing id and the empty
 * delimiter, for which taking a list apart costs too much: the text of the sizes begins with that of the id.
 */
const envelopeBytes = `
  CASE ${envelopeSizes} WHEN CAST(frame_sizes AS INTEGER) || ',0' THEN CAST(frame_sizes AS INTEGER)
  ELSE (SELECT ifnull(sum(value), 0) FROM json_each('[' || ${envelopeSizes} || ']')) END`

/** The bytes of the message without its envelope. */
export const messageBytes = `
  CASE instr(frame_sizes, '${envelopeEnd}') WHEN 0 THEN body ELSE substr(body, 1 + (${envelopeBytes})) END`

/** How many bytes the message has, without its envelope. */
export const messageSize = `(size - CASE instr(frame_sizes, '${envelopeEnd}') WHEN 0 THEN 0 ELSE ${envelopeBytes} END)`

/** The sizes of the frames of the message, without its envelope, as text with commas. */
export const messageSizes = `substr(frame_sizes, instr(frame_sizes, '${envelopeEnd}') + 1)`

/** Escapes LIKE's wildcards, so that typed ones match literally. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The bytes to search for: a text's UTF-8, or the bytes of `h'00 ff'`, as previews show them. */
export function bytesOf(text: string): Uint8Array {
  const [, digits] = /^h'([0-9a-fA-F\s]*)'$/.exec(text) ?? []
  const compact = digits?.replaceAll(/\s/g, '')
  return compact && compact.length % 2 === 0 ? Buffer.from(compact, 'hex') : Buffer.from(text)
}

/** A peer's routing id as it is shown, or its name, as hex digits. */
export const peersOf = (text: string): readonly [string, string] => [
  text.toLowerCase().replace(/^0x/, ''),
  Buffer.from(bytesOf(text)).toString('hex'),
]

const placeholders = (values: readonly Value[]): string => values.map(() => '?').join(', ')

/** Whether a session is one of these. */
export const sessionIn = (sessions: readonly string[]): string => `+session IN (${placeholders(sessions)})`
