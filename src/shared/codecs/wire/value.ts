/** One value found in the bytes of a binary format, with the bytes it takes. */
export interface WireValue {
  /** The type in the format's own words, the width it was written in included. */
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly content: WireContent
}

export type WireContent =
  /** A value which JSON has too; `json` is its text there. */
  | { readonly kind: 'scalar'; readonly json: string }
  /** A value which JSON lacks: how it is shown, and what to call it in a sentence. */
  | { readonly kind: 'foreign'; readonly shown: string; readonly noun: string }
  /** Bytes as they are; `note` tells what is odd about them. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly noun: string; readonly note?: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly WireValue[] }
  | { readonly kind: 'map'; readonly entries: readonly WireEntry[] }
  /** A value with a mark on it; `meaning` is what the mark makes of it, `json` its text there if it has one. */
  | {
      readonly kind: 'tagged'
      readonly tag: string
      readonly inner: WireValue
      readonly meaning?: string
      readonly json?: string
    }

export interface WireEntry {
  readonly key: WireValue
  readonly value: WireValue
}
