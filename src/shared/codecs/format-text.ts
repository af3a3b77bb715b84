import { cborDialect } from './cbor/dialect.ts'
import type { EncodingId } from './codec.ts'
import { formatJson, minifyJson } from './json/format.ts'
import { messagePackDialect } from './messagepack/dialect.ts'
import { formatNotation } from './notation/format.ts'

export type Layout = 'format' | 'minify'

type LayOut = (text: string) => string

/** How the text of an encoding is laid out. Protobuf of a known type is written as JSON. */
const layouts: Readonly<Record<Layout, Readonly<Partial<Record<EncodingId, LayOut>>>>> = {
  format: {
    json: formatJson,
    messagepack: (text) => formatNotation(text, messagePackDialect),
    cbor: (text) => formatNotation(text, cborDialect),
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
