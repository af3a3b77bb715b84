import { readCbor } from './cbor/read.ts'
import { writeCbor } from './cbor/write.ts'
import type { Codec } from './codec.ts'
import { parseJson } from './json/parse.ts'
import { readFrame } from './wire/decode.ts'
import { exactJsonText } from './wire/json-text.ts'
import { readingOf } from './wire/reading.ts'
import { treeOf } from './wire/tree.ts'
import { ByteWriter } from './wire/writer.ts'

/** CBOR (RFC 8949), typed as JSON. The text is shown only when it stands for exactly the bytes; the tree shows all. */
export const cbor: Codec = {
  id: 'cbor',
  label: 'CBOR',
  syntax: 'json',
  encode,
  decode: (bytes) => exactJsonText(readFrame(bytes, readCbor), bytes, encode),
  read: (bytes) => readingOf(() => treeOf(readFrame(bytes, readCbor))),
}

function encode(text: string): Uint8Array {
  const writer = new ByteWriter()
  writeCbor(writer, parseJson(text))
  return writer.finish()
}
