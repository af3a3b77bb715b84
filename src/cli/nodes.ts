import type { ExactValue, TreeNode } from '../shared/codecs/codec.ts'
import { isList, pathStep } from '../shared/codecs/tree-path.ts'

/** One node of a structure as a line of JSON. Offsets in bytes, the end exclusive. */
export interface NodeLine {
  /** A path such as `$.values[0]["odd key"]`; `$` for the root. Keys that are not text are in diagnostic notation. */
  readonly path: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly value: ExactValue
  /** What is unusual about it; absent for most. */
  readonly note?: string
}

/** Every node of a structure, parents first. The item of a tagged value has the path of its tag. */
export function* nodeLines(root: TreeNode): Generator<NodeLine> {
  const waiting = [{ node: root, path: '$' }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path } = next
    const { start, end, type, exact: value, note } = node
    yield note === undefined ? { path, start, end, type, value } : { path, start, end, type, value, note }
    const children = node.children ?? []
    const inList = isList(node)
    for (const child of children.toReversed()) waiting.push({ node: child, path: path + pathStep(child, inList) })
  }
}
