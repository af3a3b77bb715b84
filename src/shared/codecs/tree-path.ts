import { InspectorError } from '../errors.ts'
import type { TreeNode } from './codec.ts'

const isKeyed = /^(?:object|map|dict|message)\b/

/** Whether a node holds its children by their places, and not by keys. */
export function isList({ type, children = [] }: TreeNode): boolean {
  return !isKeyed.test(type) && children.every(({ key }, index) => key === undefined || key === `${index}`)
}

const isPlainKey = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The step from a node to one of its children, as a path writes it; `inList`: whether the node is a list. */
export function pathStep({ key }: TreeNode, inList: boolean): string {
  // The value of a tag has no key: it is where the tag is.
  if (key === undefined) return ''
  if (inList) return `[${key}]`
  return isPlainKey.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

/** A parsed path: the keys and places from below the root on. */
export type TreePath = readonly string[]

/** One step: `.name`, `[0]`, or `["odd key"]`. */
const step = /\.([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y

const refused = (text: string) =>
  new InspectorError(
    'invalid-argument',
    `${JSON.stringify(text)} is no path. Write one such as $.values[0]["odd key"], as "Copy the path" gives it.`,
  )

/** The key in a JSON string; undefined when its escapes are not those of JSON. */
function quotedKey(text: string): string | undefined {
  try {
    return String(JSON.parse(text))
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}

/** Reads a path as `nodeAs` writes it. Throws `InspectorError` (`invalid-argument`). */
export function parsePath(text: string): TreePath {
  const steps: string[] = []
  let place = 1
  while (text.startsWith('$') && place < text.length) {
    step.lastIndex = place
    const [whole, name, index, quoted] = step.exec(text) ?? []
    const key = name ?? index ?? (quoted === undefined ? undefined : quotedKey(quoted))
    if (whole === undefined || key === undefined) throw refused(text)
    steps.push(key)
    place += whole.length
  }
  if (!text.startsWith('$')) throw refused(text)
  return steps
}

/** Whether the text is a path. */
export function isPath(text: string): boolean {
  try {
    parsePath(text)
    return true
  } catch (thrown) {
    if (thrown instanceof InspectorError) return false
    throw thrown
  }
}

/** What is in a node without a key of its own, such as the value of a tag, has the path of that node. */
export function opened(nodes: TreeNode[]): TreeNode {
  for (;;) {
    const node = nodes[nodes.length - 1]
    if (!node) throw new Error('There is no node.')
    const { children } = node
    const [only] = children ?? []
    if (children?.length !== 1 || !only || only.key !== undefined) return node
    nodes.push(only)
  }
}

/**
 * The nodes from the root down to a path; undefined when there is no such node. Of equal keys, the last counts, as for
 * most programs.
 */
export function nodesAt(root: TreeNode, path: TreePath): readonly TreeNode[] | undefined {
  const nodes = [root]
  for (const key of path) {
    const { type, children = [] } = opened(nodes)
    // In a list, most often the place.
    const inPlace = isKeyed.test(type) ? undefined : children[Number(key)]
    const next = inPlace?.key === key ? inPlace : children.findLast((child) => child.key === key)
    if (!next) return undefined
    nodes.push(next)
  }
  return nodes
}
