import type { Span, TreeNode } from '../../shared/codecs/codec.ts'
import { CodecError } from '../../shared/codecs/codec.ts'
import { findAllBytes } from '../../shared/codecs/find-bytes.ts'
import { hex } from '../../shared/codecs/hex.ts'
import { encodeUtf8 } from '../../shared/utf8.ts'
import type { FindQuery, Found } from './decoder-calls.ts'

/** Most matches that are listed. */
const maximumPlaces = 10_000

const nothing = (problem: string | null): Found => ({ places: [], more: false, problem })

/** Searches for text or bytes, in the tree or in the bytes. */
export function find(bytes: Uint8Array, root: TreeNode | undefined, query: FindQuery): Found {
  if (query.text === '') return nothing(null)
  if (query.where === 'tree') return root ? findInTree(root, query.text) : nothing(null)
  try {
    const pattern = query.where === 'hex' ? hex.encode(query.text) : encodeUtf8(query.text)
    const starts = findAllBytes(bytes, pattern, maximumPlaces + 1)
    return listed(starts.map((start) => ({ span: { start, end: start + pattern.length }, path: null })))
  } catch (thrown) {
    if (thrown instanceof CodecError) return nothing(thrown.message)
    throw thrown
  }
}

type Place = { readonly span: Span; readonly path: string | null }

const listed = (places: readonly Place[]): Found => ({
  places: places.slice(0, maximumPlaces),
  more: places.length > maximumPlaces,
  problem: null,
})

/** Nodes whose key or value contains the text, ignoring case, in document order. */
function findInTree(root: TreeNode, text: string): Found {
  const wanted = text.toLowerCase()
  const places: Place[] = []
  const waiting: { node: TreeNode; path: string }[] = [{ node: root, path: '' }]
  for (let next = waiting.pop(); next && places.length <= maximumPlaces; next = waiting.pop()) {
    const { node, path } = next
    const isMatch = node.key?.toLowerCase().includes(wanted) || node.value.toLowerCase().includes(wanted)
    if (isMatch) places.push({ span: { start: node.start, end: node.end }, path })
    const children = node.children ?? []
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]
      if (child) waiting.push({ node: child, path: path === '' ? `${index}` : `${path}.${index}` })
    }
  }
  return listed(places)
}
