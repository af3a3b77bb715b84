/** The features of an edition that affect a codec; proto2 and proto3 are sets of them. */
export interface Features {
  readonly fieldPresence: 'EXPLICIT' | 'IMPLICIT' | 'LEGACY_REQUIRED'
  readonly enumType: 'OPEN' | 'CLOSED'
  readonly repeatedFieldEncoding: 'PACKED' | 'EXPANDED'
  readonly utf8Validation: 'VERIFY' | 'NONE'
  readonly messageEncoding: 'LENGTH_PREFIXED' | 'DELIMITED'
}

/** What the options of one element change of the features around it. */
export type FeatureChange = Partial<Features>

const proto2: Features = {
  fieldPresence: 'EXPLICIT',
  enumType: 'CLOSED',
  repeatedFieldEncoding: 'EXPANDED',
  utf8Validation: 'NONE',
  messageEncoding: 'LENGTH_PREFIXED',
}
const proto3: Features = {
  fieldPresence: 'IMPLICIT',
  enumType: 'OPEN',
  repeatedFieldEncoding: 'PACKED',
  utf8Validation: 'VERIFY',
  messageEncoding: 'LENGTH_PREFIXED',
}
/** Later editions change nothing that affects a codec. */
const editions: Features = { ...proto3, fieldPresence: 'EXPLICIT' }

export interface Edition {
  readonly name: string
  /** In a descriptor set. */
  readonly number: number
  /** The statement that names it at the start of a file. */
  readonly statement: 'syntax' | 'edition'
  readonly features: Features
}

const named = (name: string, number: number, statement: Edition['statement'], features: Features): Edition => ({
  name,
  number,
  statement,
  features,
})

/** What a file without a statement is. */
export const proto2Edition: Edition = named('proto2', 998, 'syntax', proto2)

export const knownEditions: readonly Edition[] = [
  proto2Edition,
  named('proto3', 999, 'syntax', proto3),
  named('2023', 1000, 'edition', editions),
  named('2024', 1001, 'edition', editions),
  named('2026', 1002, 'edition', editions),
  named('UNSTABLE', 9999, 'edition', editions),
]

interface Feature {
  /** In options. */
  readonly name: string
  /** In a descriptor set. */
  readonly number: number
  readonly values: readonly { readonly name: string; readonly number: number; readonly change: FeatureChange }[]
}

const features: readonly Feature[] = [
  {
    name: 'field_presence',
    number: 1,
    values: [
      { name: 'EXPLICIT', number: 1, change: { fieldPresence: 'EXPLICIT' } },
      { name: 'IMPLICIT', number: 2, change: { fieldPresence: 'IMPLICIT' } },
      { name: 'LEGACY_REQUIRED', number: 3, change: { fieldPresence: 'LEGACY_REQUIRED' } },
    ],
  },
  {
    name: 'enum_type',
    number: 2,
    values: [
      { name: 'OPEN', number: 1, change: { enumType: 'OPEN' } },
      { name: 'CLOSED', number: 2, change: { enumType: 'CLOSED' } },
    ],
  },
  {
    name: 'repeated_field_encoding',
    number: 3,
    values: [
      { name: 'PACKED', number: 1, change: { repeatedFieldEncoding: 'PACKED' } },
      { name: 'EXPANDED', number: 2, change: { repeatedFieldEncoding: 'EXPANDED' } },
    ],
  },
  {
    name: 'utf8_validation',
    number: 4,
    values: [
      { name: 'VERIFY', number: 2, change: { utf8Validation: 'VERIFY' } },
      { name: 'NONE', number: 3, change: { utf8Validation: 'NONE' } },
    ],
  },
  {
    name: 'message_encoding',
    number: 5,
    values: [
      { name: 'LENGTH_PREFIXED', number: 1, change: { messageEncoding: 'LENGTH_PREFIXED' } },
      { name: 'DELIMITED', number: 2, change: { messageEncoding: 'DELIMITED' } },
    ],
  },
]

/** What a feature by name changes: nothing for one that affects no codec; undefined for an unknown value. */
export function changeByName(feature: string, value: string): FeatureChange | undefined {
  const found = features.find(({ name }) => name === feature)
  return found ? found.values.find(({ name }) => name === value)?.change : {}
}

/** The same by the numbers in a descriptor set, where an unknown value is that of a later Protobuf: it changes nothing. */
export const changeByNumber = (feature: number, value: number): FeatureChange =>
  features.find(({ number }) => number === feature)?.values.find(({ number }) => number === value)?.change ?? {}

/** A scope's features with the changes of an element in it. */
export const changed = (outer: Features, change: FeatureChange | null): Features =>
  change ? { ...outer, ...change } : outer
