import type { ViewId } from '../codecs/codec.ts'

/** What a column can have of a record itself; sizes are of the message, without its envelope. */
export const csvFields = [
  'id',
  'at',
  'kind',
  'direction',
  'session',
  'name',
  'peer',
  'frameCount',
  'size',
  'exchange',
  'roundTripNs',
  'origin',
  'event',
  'detail',
] as const

export type CsvField = (typeof csvFields)[number]

/** A value in a frame. */
export interface CsvValue {
  /** The position of the frame in the message without its envelope, from 0. */
  readonly frame: number
  /** How the frame is read; null for what it looks like. */
  readonly encoding: ViewId | null
  /** Full name of the Protobuf message type; null without one. */
  readonly message: string | null
  /** A path in its structure, such as `$.price`; `$` for the whole frame. */
  readonly path: string
}

/** A column of CSV. */
export type CsvColumn = { readonly field: CsvField } | { readonly value: CsvValue }

/** A column that could be chosen, with what a message has there. */
export interface OfferedColumn {
  readonly column: CsvColumn
  readonly sample: string
}

/** What an export as CSV would be like. */
export interface CsvPreview {
  /** The cells of the first rows, without quotes; empty for what a record does not have. */
  readonly rows: readonly (readonly string[])[]
  /** The values of the frames of one message. */
  readonly offered: readonly OfferedColumn[]
}

/** Whether two columns are the same. */
export const isSameColumn = (one: CsvColumn, other: CsvColumn): boolean => keyOfColumn(one) === keyOfColumn(other)

/** Tells a column from all others. */
export const keyOfColumn = (column: CsvColumn): string =>
  'field' in column
    ? column.field
    : JSON.stringify([column.value.frame, column.value.encoding, column.value.message, column.value.path])

/** The path of everything in a frame. */
export const wholeFrame = '$'

/** What the first line of a file calls a column. */
export function headingOf(column: CsvColumn): string {
  if ('field' in column) return column.field
  const { frame, path } = column.value
  return path === wholeFrame ? `frame ${frame + 1}` : `frame ${frame + 1} ${path}`
}

/** The most columns of a file. */
export const maximumColumns = 200
