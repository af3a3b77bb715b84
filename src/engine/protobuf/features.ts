import { z } from 'zod'

const featureValues = z.object({
  fieldPresence: z.enum(['EXPLICIT', 'IMPLICIT', 'LEGACY_REQUIRED']),
  enumType: z.enum(['OPEN', 'CLOSED']),
  repeatedFieldEncoding: z.enum(['PACKED', 'EXPANDED']),
  utf8Validation: z.enum(['VERIFY', 'NONE']),
  messageEncoding: z.enum(['LENGTH_PREFIXED', 'DELIMITED']),
})

/** The features of an edition that affect a codec; proto2 and proto3 are sets of them. */
export type Features = Readonly<z.infer<typeof featureValues>>

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

export const defaultFeatures: ReadonlyMap<string, Features> = new Map([
  ['proto2', proto2],
  ['proto3', proto3],
  ['2023', editions],
  ['2024', editions],
  ['2026', editions],
])

const optionsWithFeatures = z.object({ features: z.record(z.string(), z.unknown()).optional() }).nullish()

/** A scope's features with the overrides of an element's options, whose names may be spelled either way. */
export function inheritFeatures(outer: Features, options: unknown): Features {
  const written = optionsWithFeatures.parse(options)?.features
  if (!written) return outer
  const named = Object.entries(written).filter(([, value]) => typeof value === 'string' && !value.endsWith('_UNKNOWN'))
  const changes = Object.fromEntries(
    named.map(([name, value]) => [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]),
  )
  return { ...outer, ...definedOnly(featureValues.partial().parse(changes)) }
}

function definedOnly(changes: { [Name in keyof Features]?: Features[Name] | undefined }): Partial<Features> {
  const { fieldPresence, enumType, repeatedFieldEncoding, utf8Validation, messageEncoding } = changes
  return {
    ...(fieldPresence && { fieldPresence }),
    ...(enumType && { enumType }),
    ...(repeatedFieldEncoding && { repeatedFieldEncoding }),
    ...(utf8Validation && { utf8Validation }),
    ...(messageEncoding && { messageEncoding }),
  }
}
