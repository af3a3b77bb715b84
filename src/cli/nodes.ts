import type { ExactValue, TreeNode } from '../shared/codecs/codec.ts'

/** One node of a structure as a line of JSON. Offsets in bytes, the end exclusive. */
export interface NodeLine {
  /** A JSON pointer (RFC 6901); empty for the root. Keys that are not text are in diagnostic notation. */
  readonly path: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly value: ExactValue
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Every node of a structure, parents first. The item of a tagged value is under `0`. */
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
