import type { ExactValue, TreeNode } from '../shared/codecs/codec.ts'

/** One node of a structure as a line for programs. Offsets in bytes, the end exclusive. */
export interface NodeLine {
  /** A JSON pointer (RFC 6901); empty for the root. A key that is not text stands there in diagnostic notation. */
  readonly path: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly value: ExactValue
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Every node of a structure, each before what it holds. A tagged value's item stands under `0`. */
export function* nodeLines(root: TreeNode): Generator<NodeLine> {
  const waiting = [{ node: root, path: '' }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path } = next
    yield { path, start: node.start, end: node.end, type: node.type, value: node.exact }
    const children = node.children ?? []
    for (const [index, child] of [...children.entries()].reverse()) {
      waiting.push({ node: child, path: `${path}/${escaped(child.key ?? String(index))}` })
    }
  }
}
