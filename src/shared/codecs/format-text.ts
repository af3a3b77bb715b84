import { cborDialect } from './cbor/dialect.ts'
import { cbor } from './cbor.ts'
import type { Codec, EncodingId } from './codec.ts'
import { formatJson, minifyJson } from './json/format.ts'
import { messagePackDialect } from './messagepack/dialect.ts'
import { messagepack } from './messagepack.ts'
import { formatNotation } from './notation/format.ts'

export type Layout = 'format' | 'minify'

type LayOut = (text: string) => string

/** Lays out a text, and takes the result only if it still says the same bytes. */
const verified =
  ({ encode }: Codec, layOut: LayOut): LayOut =>
  (text) => {
    const laidOut = layOut(text)
    const [before, after] = [encode(text), encode(laidOut)]
    return before.length === after.length && before.every((byte, index) => byte === after[index]) ? laidOut : text
  }

/** How the text of an encoding is laid out. Protobuf of a known type is written as JSON. */
const layouts: Readonly<Record<Layout, Readonly<Partial<Record<EncodingId, LayOut>>>>> = {
  format: {
    json: formatJson,
    messagepack: verified(messagepack, (text) => formatNotation(text, messagePackDialect)),
    cbor: verified(cbor, (text) => formatNotation(text, cborDialect)),
    protobuf: formatJson,
  },
  minify: { json: minifyJson },
}

/**
 * The text with other white space between its parts; as it is for an encoding without such a layout. Throws `CodecError`
 * ('encode-failed') for text that is not valid.
 */
export const layOutText = (text: string, encoding: EncodingId, layout: Layout): string =>
  layouts[layout][encoding]?.(text) ?? text
