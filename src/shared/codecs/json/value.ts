/** A range of the text: UTF-16 indexes, the end exclusive. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A JSON value as written: numbers keep their digits, objects their order and duplicate keys. */
export type JsonValue = Span &
  (
    | { readonly kind: 'null' }
    | { readonly kind: 'boolean'; readonly value: boolean }
    /** `isForeign`: a number that JSON does not have. */
    | { readonly kind: 'number'; readonly source: string; readonly isForeign?: true }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  )

export type JsonString = Extract<JsonValue, { kind: 'string' }>

export interface JsonMember {
  readonly key: JsonString
  readonly value: JsonValue
}
