import { JSONPathEnvironment, JSONPathError, type JSONValue } from 'json-p3'
import type { TreeNode } from '../../codecs/codec.ts'
import { isList, nodesAt, opened, parsePath } from '../../codecs/tree-path.ts'
import { InspectorError } from '../../errors.ts'
import { scalarOf } from './comparison.ts'

/** The nodes of a tree that a query finds. */
export type PathQuery = (root: TreeNode) => readonly TreeNode[]

const environment = new JSONPathEnvironment({ maxRecursionDepth: Number.MAX_SAFE_INTEGER })
// Expressions have an operator of their own.
for (const name of ['match', 'search']) environment.functionRegister.delete(name)

/** One path to one node, as trees copy it. */
const singular = /^\$(?:\.[\p{L}\p{N}_-]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*$/u

/** The children of a node by their keys, or in a list; null for none. */
function childrenOf(node: TreeNode): JSONValue {
  const { children = [] } = node
  if (isList(node)) return children.map(plainOf)
  return Object.fromEntries(children.map((child) => [child.key ?? '', plainOf(child)]))
}

/** A node as a value for queries; integers as numbers, so that filters in a query may round them. */
function plainOf(node: TreeNode): JSONValue {
  const inner = opened([node])
  if (inner.children) return childrenOf(inner)
  const scalar = scalarOf(inner)
  if (!scalar) return null
  return scalar.kind === 'number' ? Number(scalar.number) : scalar.kind === 'text' ? scalar.text : scalar.word
}

function compile(text: string): PathQuery {
  const query = environment.compile(text)
  // The nodes themselves are exact.
  return (root) => {
    const found = query.query(plainOf(root)).nodes
    return found.flatMap(({ location }) => nodesAt(root, location.map(String))?.at(-1) ?? [])
  }
}

/** Compiles a JSONPath query (RFC 9535). Throws `InspectorError` (`invalid-argument`). */
export function pathQuery(text: string): PathQuery {
  if (singular.test(text)) {
    const path = parsePath(text)
    return (root) => nodesAt(root, path)?.slice(-1) ?? []
  }
  try {
    return compile(text)
  } catch (thrown) {
    if (!(thrown instanceof JSONPathError)) throw thrown
    throw new InspectorError('invalid-argument', `${text} is no path: ${thrown.message}.`, undefined, { cause: thrown })
  }
}

/** The name that the bytes of a frame must contain for the query to find anything in it; undefined when none must. */
export const nameIn = (text: string): string | undefined => /\.([A-Za-z_]\w*)$/.exec(text)?.[1]
