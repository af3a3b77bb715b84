import { cborMeaning, cborType } from './cbor/describe.ts'
import { cborDialect } from './cbor/dialect.ts'
import { readCbor } from './cbor/read.ts'
import { stringReferences } from './cbor/string-references.ts'
import { writeCbor } from './cbor/write.ts'
import type { Codec } from './codec.ts'
import { encodingFacts } from './facts.ts'
import { notationLine } from './notation/line.ts'
import { parseNotationSequence } from './notation/parse.ts'
import { printLine, printSequence } from './notation/print.ts'
import { readingOf, wholeValues } from './wire/frame.ts'
import type { TreeFormat } from './wire/tree.ts'
import { ByteWriter } from './wire/writer.ts'

const treeFormat: TreeFormat = {
  typeOf: cborType,
  meaningOf: (value) => (value.kind === 'tag' ? cborMeaning(value) : undefined),
  lineOf: (value, maximumCharacters) => printLine(value, cborDialect, maximumCharacters),
  referencesIn: stringReferences,
}

/**
 * CBOR (RFC 8949), written in its diagnostic notation, a superset of JSON. The text preserves the encoded form of every
 * value.
 */
export const cbor: Codec = {
  ...encodingFacts.cbor,
  encode(text) {
    const writer = new ByteWriter()
    for (const value of parseNotationSequence(text, cborDialect)) writeCbor(writer, value)
    return writer.finish()
  },
  decode: (bytes, options) => printSequence(wholeValues(bytes, readCbor), cborDialect, options?.isOneLine),
  read: (bytes) => readingOf(bytes, readCbor, treeFormat),
  line: (bytes, maximumCharacters) => notationLine(bytes, 'cbor', maximumCharacters),
}
