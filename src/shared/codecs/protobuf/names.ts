import type { ProtobufSchema } from './schema.ts'

/** The message types that people can choose: the entries of maps are none of them. */
export function messageNames(schema: ProtobufSchema): string[] {
  return Object.values(schema.messages)
    .filter(({ isMapEntry }) => !isMapEntry)
    .map(({ name }) => name)
    .sort()
}
