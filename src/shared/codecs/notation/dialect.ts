import type { Span } from '../codec.ts'
import type { Instant } from '../wire/instant.ts'
import type { Width, WireExtension, WireTag, WireValue } from '../wire/value.ts'

/** Features that only one of the formats has. */
export type Feature = 'tag' | 'undefined' | 'simple' | 'indefinite' | 'ext'

/** Kinds with a number in their head that can be longer than necessary. */
export type SizedKind = 'text' | 'bytes' | 'extension' | 'array' | 'map' | 'tag'

/**
 * What the notation means in one format. A suffix such as `_1` includes its underscore. A string in place of a result
 * says why there is none and reads on from the value: `does not fit in 1 byte`.
 */
export interface Dialect {
  readonly label: 'CBOR' | 'MessagePack'
  /** Messages for features that the format lacks. */
  readonly refusals: Readonly<Partial<Record<Feature, string>>>

  integer(value: number | bigint, suffix: string | undefined, place: Span): WireValue | string
  float(value: number, suffix: string | undefined, place: Span): WireValue | string
  timestamp(instant: Instant, place: Span): WireValue | string
  /** The width of the head's number for this size. */
  width(kind: SizedKind, size: number | bigint, suffix: string | undefined): Width | string
  /** Values as the content of a byte string. */
  embedded(items: readonly WireValue[], suffix: string | undefined, place: Span): WireValue | string

  /** The suffix that gives the value its form in the notation; empty when it needs none. */
  suffixOf(value: WireValue): string
  /** The format's own notation of a value, in place of the general one. */
  ownNotation(value: WireTag | WireExtension): string | undefined
}
