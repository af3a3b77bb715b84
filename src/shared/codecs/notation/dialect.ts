import type { Span } from '../codec.ts'
import type { Instant } from '../wire/instant.ts'
import type { Width, WireExtension, WireTag, WireValue } from '../wire/value.ts'

/** What only one of the formats has. */
export type Feature = 'tag' | 'undefined' | 'simple' | 'indefinite' | 'ext'

/** What has a number at its head that can be written in more bytes than it needs. */
export type SizedKind = 'text' | 'bytes' | 'extension' | 'array' | 'map' | 'tag'

/**
 * What the notation means in one format. Where a suffix such as `_1` follows a value it comes with the underscore;
 * a text in the place of a result says why there is none, to be read after the value: `does not fit in 1 byte`.
 */
export interface Dialect {
  readonly label: 'CBOR' | 'MessagePack'
  /** For what the format lacks, what to tell people. */
  readonly refusals: Readonly<Partial<Record<Feature, string>>>

  integer(value: number | bigint, suffix: string | undefined, place: Span): WireValue | string
  float(value: number, suffix: string | undefined, place: Span): WireValue | string
  timestamp(instant: Instant, place: Span): WireValue | string
  /** The width of the number at the head of something of this size. */
  width(kind: SizedKind, size: number | bigint, suffix: string | undefined): Width | string
  /** Values as the content of a byte string. */
  embedded(items: readonly WireValue[], suffix: string | undefined, place: Span): WireValue | string

  /** The suffix by which the notation gives the value its form; empty where it has that form without. */
  suffixOf(value: WireValue): string
  /** The notation which a value of the format's own has instead of the general one. */
  ownNotation(value: WireTag | WireExtension): string | undefined
}
