import type { EncodingId } from './codec.ts'

/** What can be said of an encoding without loading what does it. */
export interface EncodingFacts {
  readonly id: EncodingId
  /** What people see in a list of encodings. */
  readonly label: string
  /** How an editor colours the text. */
  readonly syntax: 'plain' | 'json' | 'notation'
  /** Whether bytes have a structure, which the codec's `read` gives as a tree. */
  readonly hasTree: boolean
  /** Whether it says more when `CodecOptions.message` is given. */
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
