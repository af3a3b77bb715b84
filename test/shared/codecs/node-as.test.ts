import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TreeNode } from '../../../src/shared/codecs/codec.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { nodeAs } from '../../../src/shared/codecs/node-as.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'

function treeOf(text: string): TreeNode {
  const root = codecs.json.read?.(encodeUtf8(text)).root
  if (!root) throw new Error('No tree')
  return root
}

/** The nodes from the root down, by their keys. */
function way(root: TreeNode, ...keys: readonly string[]): TreeNode[] {
  const nodes = [root]
  for (const key of keys) {
    const next = nodes.at(-1)?.children?.find((child) => child.key === key)
    if (!next) throw new Error(`No ${key}`)
    nodes.push(next)
  }
  return nodes
}

describe('a node of a tree as text', () => {
  const root = treeOf(
    '{"values": [1, -0.5, 12345678901234567890], "odd key": {"ok": true, "no": null}, "t": "a\\"b\\u2028"}',
  )

  test('its path is that of JSONPath', () => {
    expect(nodeAs([root], 'path')).toBe('$')
    expect(nodeAs(way(root, 'values', '2'), 'path')).toBe('$.values[2]')
    expect(nodeAs(way(root, 'odd key', 'ok'), 'path')).toBe('$["odd key"].ok')
  })

  test('its value is what it holds, without quotes', () => {
    expect(nodeAs(way(root, 't'), 'value')).toBe('a"b\u2028')
    expect(nodeAs(way(root, 'values', '2'), 'value')).toBe('12345678901234567890')
    expect(nodeAs(way(root, 'odd key'), 'value')).toBe('{"ok": true, "no": null}')
    expect(nodeAs(way(root, 'odd key', 'no'), 'value')).toBe('null')
  })

  test('as Python it has Python’s words', () => {
    expect(nodeAs(way(root, 'odd key'), 'python')).toBe('{"ok": True, "no": None}')
    expect(nodeAs(way(root, 'values'), 'python')).toBe('[1, -0.5, 12345678901234567890]')
  })

  test('empty containers stay what they are', () => {
    expect(nodeAs([treeOf('{"a": [], "b": {}}')], 'json')).toBe('{"a": [], "b": {}}')
  })

  test('bytes are hex digits, and bytes of Python', () => {
    const bytes = codecs.cbor.encode('{1: h\'00ff\', "n": NaN, "list": ["7", 7]}')
    const tree = codecs.cbor.read?.(bytes).root
    if (!tree) throw new Error('No tree')
    expect(nodeAs([tree], 'json')).toBe('{"1": "00ff", "n": null, "list": ["7", 7]}')
    expect(nodeAs([tree], 'python')).toBe('{1: bytes.fromhex("00ff"), "n": float("NaN"), "list": ["7", 7]}')
  })

  test('any JSON comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnpairedSurrogates: true } as never), (value) => {
        const text = JSON.stringify(value)
        expect(JSON.parse(nodeAs([treeOf(text)], 'json'))).toEqual(JSON.parse(text))
      }),
    )
  })
})
