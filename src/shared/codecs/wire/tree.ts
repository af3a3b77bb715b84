import type { TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from './count.ts'
import { exactValue } from './exact.ts'
import type { WireValue } from './value.ts'

/** The value as the tree view shows it. */
export function treeOf(value: WireValue, key?: string): TreeNode {
  const span = { start: value.offset, end: value.offset + value.length, exact: exactValue(value.content) }
  const head = key === undefined ? { type: value.type, ...span } : { key, type: value.type, ...span }
  const { content } = value
  switch (content.kind) {
    case 'array': {
      const children = content.items.map((item, index) => treeOf(item, String(index)))
      return { ...head, value: countOf(children.length, 'item'), children }
    }
    case 'map': {
      const children = content.entries.map((entry) => treeOf(entry.value, keyOf(entry.key)))
      return { ...head, value: countOf(children.length, 'entry'), children }
    }
    case 'tagged':
      return { ...head, value: content.meaning ?? '', children: [treeOf(content.inner)] }
    default:
      return { ...head, value: notation(value) }
  }
}

/** A text key as it is; any other in notation and with its type, so that `1` and `"1"` differ. */
function keyOf(key: WireValue): string {
  return key.content.kind === 'text' ? key.content.text : `${notation(key)} (${key.type})`
}

/** The value on one line, in the diagnostic notation of RFC 8949. */
function notation({ content }: WireValue): string {
  switch (content.kind) {
    case 'scalar':
      return content.json
    case 'foreign':
      return content.shown
    case 'bytes':
      return `h'${compactHex(content.bytes)}'${content.note === undefined ? '' : ` (${content.note})`}`
    case 'text':
      return JSON.stringify(content.text)
    case 'array':
      return `[${content.items.map(notation).join(', ')}]`
    case 'map':
      return `{${content.entries.map(({ key, value }) => `${notation(key)}: ${notation(value)}`).join(', ')}}`
    case 'tagged':
      return `${content.tag}(${notation(content.inner)})`
  }
}
