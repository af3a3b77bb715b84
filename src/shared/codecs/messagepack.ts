import type { Codec } from './codec.ts'
import { parseJson } from './json/parse.ts'
import { readMessagePack } from './messagepack/read.ts'
import { writeMessagePack } from './messagepack/write.ts'
import { readFrame } from './wire/decode.ts'
import { exactJsonText } from './wire/json-text.ts'
import { readingOf } from './wire/reading.ts'
import { treeOf } from './wire/tree.ts'
import { ByteWriter } from './wire/writer.ts'

/** MessagePack, typed as JSON. The text is shown only when it stands for exactly the bytes; the tree shows all. */
export const messagepack: Codec = {
  id: 'messagepack',
  label: 'MessagePack',
  syntax: 'json',
  encode,
  decode: (bytes) => exactJsonText(readFrame(bytes, readMessagePack), bytes, encode),
  read: (bytes) => readingOf(() => treeOf(readFrame(bytes, readMessagePack))),
}

function encode(text: string): Uint8Array {
  const writer = new ByteWriter()
  writeMessagePack(writer, parseJson(text))
  return writer.finish()
}
