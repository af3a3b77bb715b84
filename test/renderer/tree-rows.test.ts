import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeAt, pathAt, pathsAbove, visibleRows } from '../../src/renderer/features/reply/tree-rows.ts'
import type { TreeNode } from '../../src/shared/codecs/codec.ts'
import { codecs } from '../../src/shared/codecs/index.ts'
import { readTree } from '../support/read-tree.ts'

function treeOf(text: string): TreeNode {
  const root = readTree(codecs.json, codecs.json.encode(text))
  if (!root) throw new Error('JSON has a structure')
  return root
}

describe('one selection for tree and bytes', () => {
  const text = '{"a":[1,{"b":22}],"c":null}'
  const root = treeOf(text)

  test.each([
    ['1', '0.0'],
    ['22', '0.1.0'],
    ['"b"', '0.1'],
    ['null', '1'],
    ['"c"', ''],
  ])('the smallest node that holds %s is at %j', (part, path) => {
    expect(pathAt(root, text.indexOf(part))).toBe(path)
  })

  test('a byte behind the end is of the root', () => {
    expect(pathAt(root, 1000)).toBe('')
  })

  test('every byte leads to a node that holds it, and no child of that node does', () => {
    fc.assert(
      fc.property(fc.json(), (written) => {
        const tree = treeOf(written)
        for (let offset = tree.start; offset < tree.end; offset += 1) {
          const node = nodeAt(tree, pathAt(tree, offset))
          expect(node).toBeDefined()
          expect(node && node.start <= offset && offset < node.end).toBe(true)
          expect(node?.children?.some(({ start, end }) => start <= offset && offset < end) ?? false).toBe(false)
        }
      }),
    )
  })

  test('a path that leads nowhere has no node', () => {
    expect(nodeAt(root, '7.1')).toBeUndefined()
  })

  test('opening the paths above makes a node visible', () => {
    const path = pathAt(root, text.indexOf('22'))
    expect(pathsAbove(path)).toEqual(['', '0', '0.1'])
    expect(visibleRows(root, new Set(pathsAbove(path))).map((row) => row.path)).toContain(path)
    expect(visibleRows(root, new Set([''])).map((row) => row.path)).not.toContain(path)
  })
})
