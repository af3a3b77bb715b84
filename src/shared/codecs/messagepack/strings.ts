import type { FrameReader } from '../wire/reader.ts'
import type { Width, WireValue } from '../wire/value.ts'

/** The name of a string or binary form: `fixstr`, `str 8`, `bin 32`. */
export function stringForm(kind: 'text' | 'bytes', width: Width): string {
  if (kind === 'bytes') return `bin ${width * 8}`
  return width === 0 ? 'fixstr' : `str ${width * 8}`
}

/** The name of an extension form, with its type: `fixext 4 (type 5)`, `ext 8 (type -3)`. */
export function extensionForm(type: number, size: number, width: Width): string {
  return `${width === 0 ? `fixext ${size}` : `ext ${width * 8}`} (type ${type})`
}

export function readText(reader: FrameReader, length: number, width: Width, start: number): WireValue {
  const name = stringForm('text', width)
  if (!reader.need(length, name)) return reader.stopped(start, name, true)
  return { kind: 'text', content: reader.takeText(length), size: length, width, start, end: reader.offset }
}

export function readBinary(reader: FrameReader, length: number, width: Width, start: number): WireValue {
  const name = stringForm('bytes', width)
  if (!reader.need(length, name)) return reader.stopped(start, name)
  return { kind: 'bytes', bytes: reader.take(length), width, start, end: reader.offset }
}

export function readExtension(reader: FrameReader, length: number, width: Width, start: number): WireValue {
  const name = width === 0 ? `fixext ${length}` : `ext ${width * 8}`
  if (!reader.need(1, `${name} type`)) return reader.stopped(start, name)
  const type = reader.int8()
  if (!reader.need(length, name)) return reader.stopped(start, extensionForm(type, length, width))
  return { kind: 'extension', type, bytes: reader.take(length), width, start, end: reader.offset }
}
