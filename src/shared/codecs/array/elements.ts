import { doubleText, singleText } from '../float-text.ts'
import { halfFloat } from '../wire/floats.ts'

/** The types of number that are read one after the other, as they are offered. */
export const elementTypes = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
] as const

export type ElementType = (typeof elementTypes)[number]

/** The most columns that values are laid out in. */
export const maximumColumns = 1000

/** How bytes are read as numbers in a row. */
export interface ArrayForm {
  readonly type: ElementType
  /** Of no matter for a type of one byte. */
  readonly littleEndian: boolean
  /** Values in a row of the table; from 1. */
  readonly columns: number
}

export const usualArrayForm: ArrayForm = { type: 'float64', littleEndian: true, columns: 1 }

/** One type of number. */
interface Element {
  /** Bytes. */
  readonly size: number
  /** The most characters of a usual number's text. */
  readonly width: number
  read(view: DataView, offset: number, littleEndian: boolean): number | bigint
  text(value: number): string
}

const element = (size: number, width: number, read: Element['read'], text: Element['text'] = String): Element => ({
  size,
  width,
  read,
  text,
})

export const elements: Readonly<Record<ElementType, Element>> = {
  int8: element(1, 4, (view, offset) => view.getInt8(offset)),
  uint8: element(1, 3, (view, offset) => view.getUint8(offset)),
  int16: element(2, 6, (view, offset, little) => view.getInt16(offset, little)),
  uint16: element(2, 5, (view, offset, little) => view.getUint16(offset, little)),
  int32: element(4, 11, (view, offset, little) => view.getInt32(offset, little)),
  uint32: element(4, 10, (view, offset, little) => view.getUint32(offset, little)),
  int64: element(8, 20, (view, offset, little) => view.getBigInt64(offset, little)),
  uint64: element(8, 20, (view, offset, little) => view.getBigUint64(offset, little)),
  float16: element(2, 12, (view, offset, little) => halfFloat(view.getUint16(offset, little)), singleText),
  float32: element(4, 14, (view, offset, little) => view.getFloat32(offset, little), singleText),
  float64: element(8, 22, (view, offset, little) => view.getFloat64(offset, little), doubleText),
}

/** The numbers in bytes, read where they are asked for. */
export class NumberArray {
  /** How many whole numbers there are. */
  readonly count: number
  /** Bytes after the last whole number. */
  readonly leftOver: number
  readonly rows: number
  readonly #view: DataView
  readonly #element: Element

  constructor(
    bytes: Uint8Array,
    readonly form: ArrayForm,
  ) {
    this.#element = elements[form.type]
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.count = Math.floor(bytes.length / this.#element.size)
    this.leftOver = bytes.length % this.#element.size
    this.rows = Math.ceil(this.count / form.columns)
  }

  /** The number at an index below `count`. */
  at(index: number): number | bigint {
    return this.#element.read(this.#view, index * this.#element.size, this.form.littleEndian)
  }

  textOf(value: number | bigint): string {
    return typeof value === 'bigint' ? String(value) : this.#element.text(value)
  }

  /** The texts of the numbers in a row of the table. */
  row(row: number): string[] {
    const start = row * this.form.columns
    const length = Math.max(0, Math.min(this.form.columns, this.count - start))
    return Array.from({ length }, (_, column) => this.textOf(this.at(start + column)))
  }
}
