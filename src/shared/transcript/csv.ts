import { CodecError, type ViewId, viewOf } from '../codecs/index.ts'
import { optionsOf } from '../codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../codecs/protobuf/schema.ts'
import { maximumParsedBytes, usualView } from '../codecs/suggest.ts'
import { nodesAt, parsePath } from '../codecs/tree-path.ts'
import { csvCell } from '../csv.ts'
import { type Frame, sizeOf } from '../message.ts'
import { decodeUtf8 } from '../utf8.ts'
import { type CsvColumn, type CsvField, type CsvValue, headingOf, wholeFrame } from './csv-columns.ts'
import { messageOf, type TranscriptRecord } from './record.ts'

type Cell = string | number | boolean | null

/** Characters of a cell, with which spreadsheets can still deal. */
const longestCell = 32_000

/** The reading of frames of one record, each of them once. */
class FrameReadings {
  readonly #frames: readonly Frame[]
  readonly #values = new Map<string, (path: string) => Cell>()

  constructor(
    record: TranscriptRecord,
    private readonly schema: ProtobufSchema,
  ) {
    this.#frames = messageOf(record)
  }

  cell({ frame, encoding, message, path }: CsvValue): Cell {
    const bytes = this.#frames[frame]
    // A larger one would hold up everything else.
    if (!bytes || bytes.byteLength > maximumParsedBytes) return null
    const key = `${frame} ${encoding} ${message}`
    const find = this.#values.get(key) ?? this.#read(bytes, encoding ?? usualView(bytes), message)
    this.#values.set(key, find)
    return find(path)
  }

  #read(bytes: Frame, encoding: ViewId, message: string | null): (path: string) => Cell {
    const view = viewOf(encoding)
    const options = optionsOf(this.schema, message)
    if (!view.read) {
      const whole = wholeText(() => view.decode(bytes, options))
      return (path) => (path === wholeFrame ? whole : null)
    }
    const { root } = view.read(bytes, options)
    return (path) => {
      const node = root && nodesAt(root, parsePath(path))?.at(-1)
      if (!node) return null
      if (node.exact !== null) return node.exact
      if (!node.children) return node.value
      const part = bytes.subarray(node.start, node.end)
      if (encoding === 'json') return decodeUtf8(part) ?? node.value
      return view.line?.(part, longestCell, path === wholeFrame ? options : {}) ?? node.value
    }
  }
}

/** Null for bytes that the encoding cannot show. */
function wholeText(decode: () => string): string | null {
  try {
    return decode()
  } catch (thrown) {
    if (thrown instanceof CodecError) return null
    throw thrown
  }
}

function fieldOf(record: TranscriptRecord, field: CsvField): Cell {
  switch (field) {
    case 'at':
      return new Date(record.at).toISOString()
    case 'frameCount':
      return messageOf(record).length
    case 'size':
      return sizeOf(record.frames, record.envelope)
    default:
      return record[field]
  }
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\n`

/** The first line. */
export const csvHeading = (columns: readonly CsvColumn[]): string => lineOf(columns.map(headingOf))

/** What a record has in each column; null for nothing, and for what stands in a frame of more than 1 MiB. */
function cellsOf(record: TranscriptRecord, columns: readonly CsvColumn[], schema: ProtobufSchema): readonly Cell[] {
  const readings = new FrameReadings(record, schema)
  return columns.map((column) => ('field' in column ? fieldOf(record, column.field) : readings.cell(column.value)))
}

/** The line of a record. What it does not have is an empty cell, and so is what stands in a frame of more than 1 MiB. */
export const csvLine = (record: TranscriptRecord, columns: readonly CsvColumn[], schema: ProtobufSchema): string =>
  lineOf(cellsOf(record, columns, schema))

/** The same cells to be looked at, the beginning of each. */
export const csvTexts = (
  record: TranscriptRecord,
  columns: readonly CsvColumn[],
  schema: ProtobufSchema,
): readonly string[] => cellsOf(record, columns, schema).map((cell) => (cell === null ? '' : `${cell}`.slice(0, 200)))
