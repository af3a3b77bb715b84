import { cborDialect } from '../cbor/dialect.ts'
import { messagePackDialect } from '../messagepack/dialect.ts'
import { parseNotationSequence } from '../notation/parse.ts'
import { printNotation } from '../notation/print.ts'
import type { WireValue } from '../wire/value.ts'
import { Converter } from './converter.ts'
import { readJsonValues } from './json-values.ts'
import type { Losses } from './losses.ts'
import { targets, type ValueEncoding } from './targets.ts'

/** A text in another encoding. It says the same only when nothing is lost. */
export interface Converted {
  readonly text: string
  readonly losses: Losses
}

/**
 * The values of a text as text of another encoding, in the usual form of each. Throws `CodecError` ('encode-failed') for
 * a text that is not valid.
 */
export function convertText(text: string, from: ValueEncoding, to: ValueEncoding): Converted {
  const { dialect, separator } = targets[to]
  const converter = new Converter(targets[to])
  const values = readers[from](text, converter).map((value) => converter.value(value))
  return { text: values.map((value) => printNotation(value, dialect)).join(separator), losses: converter.losses }
}

const readers: Readonly<Record<ValueEncoding, (text: string, converter: Converter) => WireValue[]>> = {
  json: (text, { lose }) => readJsonValues(text, lose),
  messagepack: (text) => parseNotationSequence(text, messagePackDialect),
  cbor: (text) => parseNotationSequence(text, cborDialect),
}
