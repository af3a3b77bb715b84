import type { EncodingId } from './codec.ts'

/** What is known about an encoding without loading its codec. */
export interface EncodingFacts {
  readonly id: EncodingId
  /** Name in lists of encodings. */
  readonly label: string
  /** Syntax highlighting of the text. */
  readonly syntax: 'plain' | 'json' | 'notation'
  /** Whether bytes have a structure, which the codec's `read` returns as a tree. */
  readonly hasTree: boolean
  /** Whether `CodecOptions.message` adds information. */
  readonly takesMessage: boolean
}

const plain = (id: EncodingId, label: string): EncodingFacts => ({
  id,
  label,
  syntax: 'plain',
  hasTree: false,
  takesMessage: false,
})

const structured = (id: EncodingId, label: string, syntax: 'json' | 'notation' = 'notation'): EncodingFacts => ({
  ...plain(id, label),
  syntax,
  hasTree: true,
})

export const encodingFacts: Readonly<Record<EncodingId, EncodingFacts>> = {
  text: plain('text', 'Text'),
  json: structured('json', 'JSON', 'json'),
  messagepack: structured('messagepack', 'MessagePack'),
  cbor: structured('cbor', 'CBOR'),
  protobuf: { ...structured('protobuf', 'Protobuf'), takesMessage: true },
  hex: plain('hex', 'Hex'),
  base64: plain('base64', 'Base64'),
  z85: plain('z85', 'Z85'),
}
