import type { WireReference } from '../wire/tree.ts'
import type { WireValue } from '../wire/value.ts'

/** The tags of http://cbor.schmorp.de/stringref. */
const referenceTag = 25
const namespaceTag = 256

/** A string gets an index if it has at least so many bytes, so that a reference to it is not longer than itself. */
const shortest: readonly { readonly below: number; readonly bytes: number }[] = [
  { below: 24, bytes: 3 },
  { below: 2 ** 8, bytes: 4 },
  { below: 2 ** 16, bytes: 5 },
  { below: 2 ** 32, bytes: 7 },
]

/** The strings of a namespace by their index; undefined outside of any. */
type Strings = WireValue[] | undefined

/** The string that each reference in a value means, by the reference. Those outside of a namespace mean nothing. */
export function stringReferences(root: WireValue): ReadonlyMap<WireValue, WireReference> {
  const references = new Map<WireValue, WireReference>()
  collect(root, undefined, references)
  return references
}

function collect(value: WireValue, strings: Strings, references: Map<WireValue, WireReference>): void {
  switch (value.kind) {
    case 'text':
      addString(value, value.size, strings)
      return
    case 'bytes':
      addString(value, value.bytes.length, strings)
      return
    case 'embedded':
      // For the frame around it, encoded CBOR is a string; what is in it knows nothing of that frame.
      addString(value, value.length, strings)
      for (const item of value.items) collect(item, undefined, references)
      return
    case 'array':
      for (const item of value.items) collect(item, strings, references)
      return
    case 'map':
      for (const { key, value: member } of value.entries) {
        collect(key, strings, references)
        collect(member, strings, references)
      }
      return
    case 'tag':
      if (strings && Number(value.tag) === referenceTag && value.inner.kind === 'integer') {
        const { value: index } = value.inner
        references.set(value, { index, target: strings[Number(index)] })
      } else {
        collect(value.inner, Number(value.tag) === namespaceTag ? [] : strings, references)
      }
  }
}

function addString(value: WireValue, size: number, strings: Strings): void {
  if (strings && size >= (shortest.find(({ below }) => strings.length < below)?.bytes ?? 11)) strings.push(value)
}
