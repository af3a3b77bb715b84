import type { ProtobufSchema } from './schema.ts'

/** The message types that can be chosen; map entries are excluded. */
export function messageNames(schema: ProtobufSchema): string[] {
  return Object.values(schema.messages)
    .filter(({ isMapEntry }) => !isMapEntry)
    .map(({ name }) => name)
    .sort()
}
