import type { FileDeclaration } from './declarations.ts'
import { parseFile } from './parse-file.ts'
import { shippedDescriptor } from './shipped-descriptor.ts'
import { shippedFeatures } from './shipped-features.ts'
import { shippedPlugin } from './shipped-plugin.ts'
import { shippedTypes } from './shipped-types.ts'

const texts: ReadonlyMap<string, string> = new Map(
  [shippedTypes, shippedDescriptor, shippedFeatures, shippedPlugin].flatMap((group) => Object.entries(group)),
)

/** Import names of all files that come with protoc. */
export const wellKnownNames: readonly string[] = [...texts.keys()]

/** A file that comes with protoc, by its import name. */
export function wellKnownFile(name: string): FileDeclaration | undefined {
  const text = texts.get(name)
  return text === undefined ? undefined : parseFile(text)
}
