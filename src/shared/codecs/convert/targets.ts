import { cborDialect } from '../cbor/dialect.ts'
import { messagePackDialect } from '../messagepack/dialect.ts'
import type { Dialect } from '../notation/dialect.ts'
import type { LossKind } from './losses.ts'

/** The encodings whose texts denote values that can be those of another. */
export type ValueEncoding = 'json' | 'messagepack' | 'cbor'

/** A format that values are converted to. */
export interface Target {
  readonly label: string
  /** Writes its values. */
  readonly dialect: Dialect
  /** What stands between several documents. */
  readonly separator: string
  readonly lacks: ReadonlySet<LossKind>
}

/** Values in their shortest forms: the width of a number is how it was encoded, not what it is. */
const withoutForms = (dialect: Dialect): Dialect => ({ ...dialect, suffixOf: () => '' })

/** What JSON text can lose on its way into a binary format is found when it is read. */
export const targets: Readonly<Record<ValueEncoding, Target>> = {
  json: {
    label: 'JSON',
    // JSON is a part of this notation.
    dialect: withoutForms(cborDialect),
    separator: '\n',
    lacks: new Set([
      'bytes',
      'timestamps',
      'extensions',
      'tags',
      'undefined',
      'simples',
      'nonFinite',
      'keys',
      'invalidText',
    ]),
  },
  messagepack: {
    label: 'MessagePack',
    dialect: withoutForms(messagePackDialect),
    separator: ',\n',
    lacks: new Set(['tags', 'undefined', 'simples', 'halfNans', 'largeIntegers']),
  },
  cbor: {
    label: 'CBOR',
    dialect: withoutForms(cborDialect),
    separator: ',\n',
    lacks: new Set(['timestamps', 'extensions']),
  },
}
