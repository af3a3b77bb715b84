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

/** The most columns of a file. */
export const maximumColumns = 200
