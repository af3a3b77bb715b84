import type { EncodingId, ViewId } from './codec.ts'

/** What is known about a view without loading what reads it. */
export interface ViewFacts {
  readonly id: ViewId
  /** Name in lists of encodings. */
  readonly label: string
  /** Syntax highlighting of the text. */
  readonly syntax: 'plain' | 'json' | 'notation'
  /** Whether bytes have a structure, which the codec's `read` returns as a tree. */
  readonly hasTree: boolean
  /** Whether `CodecOptions.message` adds information. */
  readonly takesMessage: boolean
  /** Whether a structure's text can be laid out on several lines. */
  readonly isLaidOut: boolean
}

/** What is known about an encoding without loading its codec. */
export interface EncodingFacts extends ViewFacts {
  readonly id: EncodingId
}

const plain = <Id extends ViewId>(id: Id, label: string): ViewFacts & { readonly id: Id } => ({
  id,
  label,
  syntax: 'plain',
  hasTree: false,
  takesMessage: false,
  isLaidOut: false,
})

const structured = (id: EncodingId, label: string, syntax: 'json' | 'notation' = 'notation'): EncodingFacts => ({
  ...plain(id, label),
  syntax,
  hasTree: true,
  isLaidOut: true,
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

/** What is known about every view. Labels of text encodings say what they are used for. */
export const viewFacts: Readonly<Record<ViewId, ViewFacts>> = {
  ...encodingFacts,
  pickle: { ...plain('pickle', 'Pickle'), hasTree: true },
  array: plain('array', 'Array'),
  'utf-16le': plain('utf-16le', 'UTF-16 LE'),
  'utf-16be': plain('utf-16be', 'UTF-16 BE'),
  'windows-1252': plain('windows-1252', 'Windows-1252, Latin-1'),
  'iso-8859-15': plain('iso-8859-15', 'ISO 8859-15, Latin-9'),
  'windows-1250': plain('windows-1250', 'Windows-1250, Central European'),
  'iso-8859-2': plain('iso-8859-2', 'ISO 8859-2, Central European'),
  'windows-1251': plain('windows-1251', 'Windows-1251, Cyrillic'),
  'koi8-r': plain('koi8-r', 'KOI8-R, Russian'),
  'koi8-u': plain('koi8-u', 'KOI8-U, Ukrainian'),
  ibm866: plain('ibm866', 'IBM 866, Cyrillic'),
  'windows-1253': plain('windows-1253', 'Windows-1253, Greek'),
  'iso-8859-7': plain('iso-8859-7', 'ISO 8859-7, Greek'),
  'windows-1254': plain('windows-1254', 'Windows-1254, Turkish'),
  'windows-1255': plain('windows-1255', 'Windows-1255, Hebrew'),
  'windows-1256': plain('windows-1256', 'Windows-1256, Arabic'),
  'windows-1257': plain('windows-1257', 'Windows-1257, Baltic'),
  'windows-1258': plain('windows-1258', 'Windows-1258, Vietnamese'),
  'windows-874': plain('windows-874', 'Windows-874, Thai'),
  macintosh: plain('macintosh', 'Mac OS Roman'),
  shift_jis: plain('shift_jis', 'Shift-JIS, Japanese'),
  'euc-jp': plain('euc-jp', 'EUC-JP, Japanese'),
  'iso-2022-jp': plain('iso-2022-jp', 'ISO-2022-JP, Japanese'),
  gb18030: plain('gb18030', 'GB 18030, Chinese'),
  big5: plain('big5', 'Big5, Chinese'),
  'euc-kr': plain('euc-kr', 'EUC-KR, Korean'),
}
