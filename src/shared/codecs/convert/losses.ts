import type { Span } from '../codec.ts'

/** What a format can lack. */
interface LossWords {
  /** Follows `JSON has no`. */
  readonly what: string
  /** What becomes of it when a person converts it nevertheless; null where nothing sensible does. */
  readonly anyway: string | null
}

const lossWords = {
  bytes: { what: 'byte strings', anyway: 'byte strings become base64 text' },
  timestamps: { what: 'timestamps', anyway: 'timestamps become text' },
  extensions: { what: 'extension types', anyway: null },
  tags: { what: 'tags', anyway: 'tags are left out' },
  undefined: { what: 'undefined', anyway: 'undefined becomes null' },
  simples: { what: 'simple values besides true, false and null', anyway: null },
  nonFinite: { what: 'NaN and Infinity', anyway: 'NaN and Infinity become null' },
  halfNans: { what: 'NaNs of 16 bits', anyway: 'NaNs lose their bits' },
  keys: { what: 'keys other than text', anyway: 'keys become text' },
  sameKeys: { what: 'keys that differ only in their type', anyway: null },
  invalidText: { what: 'text that is not UTF-8', anyway: null },
  largeIntegers: { what: 'integers this large', anyway: null },
  extremeFloats: { what: 'floats this large or small', anyway: null },
  digits: { what: 'floats of so many digits', anyway: 'floats are rounded' },
  surrogates: { what: 'halves of surrogate pairs', anyway: null },
  nuls: { what: 'NULs after a value', anyway: 'the NULs are left out' },
} as const satisfies Readonly<Record<string, LossWords>>

export type LossKind = keyof typeof lossWords

/** What a conversion would lose or change: of each kind the first place in the text, as UTF-16 indexes. */
export type Losses = ReadonlyMap<LossKind, Span>

/** Whether everything that would be lost has something that can stand in its place. */
export const canConvertAnyway = (losses: Losses): boolean =>
  [...losses.keys()].every((kind) => lossWords[kind].anyway !== null)

/** Says what a format lacks, and what a conversion would make of it. */
export function lossSentence(losses: Losses, label: string): string {
  const rows: readonly LossWords[] = [...losses.keys()].map((kind) => lossWords[kind])
  const lacks = `${label} has ${listed(rows.map(({ what }) => `no ${what}`))}.`
  if (!canConvertAnyway(losses)) return lacks
  const changes = rows.flatMap(({ anyway }) => (anyway === null ? [] : [anyway]))
  return `${lacks} If you convert anyway, ${listed(changes)}.`
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
