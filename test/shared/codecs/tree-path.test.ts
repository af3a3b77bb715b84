import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TreeNode } from '../../../src/shared/codecs/codec.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { nodeAs } from '../../../src/shared/codecs/node-as.ts'
import { isPath, nodesAt, parsePath } from '../../../src/shared/codecs/tree-path.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'

function treeOf(encoding: 'json' | 'cbor', text: string): TreeNode {
  const root = codecs[encoding].read?.(codecs[encoding].encode(text)).root
  if (!root) throw new Error('No tree')
  return root
}

/** Every way from the root down. */
function* waysIn(root: TreeNode): Generator<readonly TreeNode[]> {
  const waiting: (readonly TreeNode[])[] = [[root]]
  for (let nodes = waiting.pop(); nodes; nodes = waiting.pop()) {
    yield nodes
    for (const child of nodes.at(-1)?.children ?? []) waiting.push([...nodes, child])
  }
}

const valueAt = (root: TreeNode, path: string): string | undefined => {
  const nodes = nodesAt(root, parsePath(path))
  return nodes && nodeAs(nodes, 'value')
}

describe('a path', () => {
  test('finds what it was copied from, in any JSON', () => {
    const document = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(document, (text) => {
        const root = codecs.json.read?.(encodeUtf8(text)).root
        for (const way of root ? waysIn(root) : []) {
          const found = root && nodesAt(root, parsePath(nodeAs(way, 'path')))
          expect(found?.at(-1)).toBe(way.at(-1))
        }
      }),
    )
  })

  test('goes through tags, which have no keys', () => {
    const root = treeOf('cbor', '55799({"a": 1000({"b": [1, 1001({"c": "deep"})]}), 7: "seven"})')
    for (const way of waysIn(root)) {
      const found = nodesAt(root, parsePath(nodeAs(way, 'path'))) ?? []
      // What a tag holds has the path of the tag.
      expect(way.slice(0, found.length).at(-1)?.type).toBe(found.at(-1)?.type)
    }
    expect(valueAt(root, '$.a.b[1].c')).toBe('deep')
    expect(valueAt(root, '$["7 (integer)"]')).toBe('seven')
  })

  test('finds the last of equal keys, also where they look like places', () => {
    const root = treeOf('json', '{"0": 1, "x": 2, "x": 3, "0": 4}')
    expect(valueAt(root, '$.x')).toBe('3')
    expect(valueAt(root, '$["0"]')).toBe('4')
  })

  test('that leads nowhere finds nothing', () => {
    const root = treeOf('json', '{"a": [1]}')
    expect(['$.b', '$.a[1]', '$.a[0].x', '$["a b"]'].map((path) => valueAt(root, path))).toEqual(
      Array(4).fill(undefined),
    )
  })

  test.each(['', 'a', 'a.b', '$a', '$.', '$..a', '$[', '$[a]', '$[-1]', '$["a]', '$["\\x"]', '$.a ]'])(
    '%j is none',
    (text) => {
      expect(() => parsePath(text)).toThrow(/is no path/)
      expect(isPath(text)).toBe(false)
    },
  )
})
