import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeAt, pathAt, pathsAbove, visibleRows } from '../../src/renderer/decoding/tree-rows.ts'
import type { TreeNode } from '../../src/shared/codecs/codec.ts'
import { codecs } from '../../src/shared/codecs/index.ts'
import { readTree } from '../support/read-tree.ts'

function treeOf(text: string): TreeNode {
  const root = readTree(codecs.json, codecs.json.encode(text))
  if (!root) throw new Error('JSON has a structure')
  return root
}

const byteAt = (offset: number) => ({ start: offset, end: offset + 1 })

describe('one selection for tree and bytes', () => {
  const text = '{"a":[1,{"b":22}],"c":null}'
  const root = treeOf(text)

  test.each([
    ['1', '0.0'],
    ['22', '0.1.0'],
    ['"b"', '0.1.0'],
    ['null', '1'],
    ['"c"', '1'],
    ['{"a"', ''],
  ])('the smallest node that contains %s is at %j', (part, path) => {
    expect(pathAt(root, byteAt(text.indexOf(part)))).toBe(path)
  })

  test('a byte after the end belongs to the root', () => {
    expect(pathAt(root, byteAt(1000))).toBe('')
  })

  test('every byte leads to the smallest node that contains it in its value or key', () => {
    const holds = ({ start, end, keySpan }: TreeNode, offset: number) =>
      Math.min(start, keySpan?.start ?? start) <= offset && offset < end
    fc.assert(
      fc.property(fc.json(), (written) => {
        const tree = treeOf(written)
        for (let offset = tree.start; offset < tree.end; offset += 1) {
          const node = nodeAt(tree, pathAt(tree, byteAt(offset)))
          expect(node && holds(node, offset)).toBe(true)
          expect(node?.children?.some((child) => holds(child, offset)) ?? false).toBe(false)
        }
      }),
    )
  })

  test('a path that leads nowhere has no node', () => {
    expect(nodeAt(root, '7.1')).toBeUndefined()
  })

  test('expanding its ancestors makes a node visible', () => {
    const path = pathAt(root, byteAt(text.indexOf('22')))
    expect(pathsAbove(path)).toEqual(['', '0', '0.1'])
    expect(visibleRows(root, new Set(pathsAbove(path))).map((row) => row.path)).toContain(path)
    expect(visibleRows(root, new Set([''])).map((row) => row.path)).not.toContain(path)
  })
})
