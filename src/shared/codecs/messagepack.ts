import type { Codec } from './codec.ts'
import { encodingFacts } from './facts.ts'
import { messagePackMeaning, messagePackType } from './messagepack/describe.ts'
import { messagePackDialect } from './messagepack/dialect.ts'
import { readMessagePack } from './messagepack/read.ts'
import { writeMessagePack } from './messagepack/write.ts'
import { notationLine } from './notation/line.ts'
import { parseNotationSequence } from './notation/parse.ts'
import { printLine, printSequence } from './notation/print.ts'
import { readingOf, wholeValues } from './wire/frame.ts'
import type { TreeFormat } from './wire/tree.ts'
import { ByteWriter } from './wire/writer.ts'

const treeFormat: TreeFormat = {
  typeOf: messagePackType,
  meaningOf: messagePackMeaning,
  lineOf: (value, maximumCharacters) => printLine(value, messagePackDialect, maximumCharacters),
}

/** MessagePack, written in CBOR's notation with `ext()`, `timestamp()` and suffixes for integer widths. */
export const messagepack: Codec = {
  ...encodingFacts.messagepack,
  encode(text) {
    const writer = new ByteWriter()
    for (const value of parseNotationSequence(text, messagePackDialect)) writeMessagePack(writer, value)
    return writer.finish()
  },
  decode: (bytes, options) =>
    printSequence(wholeValues(bytes, readMessagePack), messagePackDialect, options?.isOneLine),
  read: (bytes) => readingOf(bytes, readMessagePack, treeFormat),
  line: (bytes, maximumCharacters) => notationLine(bytes, 'messagepack', maximumCharacters),
}
