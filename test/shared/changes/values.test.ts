import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedValues, mostChanges } from '../../../src/shared/changes/values.ts'
import { viewOf } from '../../../src/shared/codecs/index.ts'
import { nodeAs } from '../../../src/shared/codecs/node-as.ts'
import { nodesAt, parsePath } from '../../../src/shared/codecs/tree-path.ts'

const encoder = new TextEncoder()

function treeOf(value: unknown) {
  const root = viewOf('json').read?.(encoder.encode(JSON.stringify(value))).root
  if (!root) throw new Error('This is no JSON.')
  return root
}

const changes = (before: unknown, after: unknown) => changedValues(treeOf(before), treeOf(after))

test('tells what was added, removed and changed, with its path', () => {
  const before = { price: 100, user: { name: 'a', 'odd key': 1 }, tags: ['x', 'y'], gone: [1, 2] }
  const after = { price: 101, user: { name: 'a', 'odd key': 2 }, tags: ['x', 'new', 'y'], more: { a: null } }
  expect(changes(before, after)).toEqual({
    counts: { added: 2, removed: 1, changed: 2 },
    changes: [
      { kind: 'changed', path: '$.price', before: '100', after: '101' },
      { kind: 'changed', path: '$.user["odd key"]', before: '1', after: '2' },
      { kind: 'added', path: '$.tags[1]', before: null, after: '"new"' },
      { kind: 'added', path: '$.more', before: null, after: '{"a": null}' },
      { kind: 'removed', path: '$.gone', before: '[1, 2]', after: null },
    ],
  })
})

test('another order of keys is no change, and another kind of value is one', () => {
  expect(changes({ a: 1, b: [2] }, { b: [2], a: 1 }).changes).toEqual([])
  expect(changes({ a: [1] }, { a: { b: 1 } }).changes).toEqual([
    { kind: 'changed', path: '$.a', before: '[1]', after: '{"b": 1}' },
  ])
  expect(changes({ a: [] }, { a: [1] }).changes).toEqual([{ kind: 'added', path: '$.a[0]', before: null, after: '1' }])
  expect(changes({ a: {} }, { a: { b: 1 } }).changes).toEqual([
    { kind: 'added', path: '$.a.b', before: null, after: '1' },
  ])
})

test('of equal keys, the first goes with the first', () => {
  const read = (text: string) => {
    const root = viewOf('json').read?.(encoder.encode(text)).root
    if (!root) throw new Error('This is no JSON.')
    return root
  }
  expect(changedValues(read('{"a": 1, "a": 2}'), read('{"a": 1, "a": 3}')).changes).toEqual([
    { kind: 'changed', path: '$.a', before: '2', after: '3' },
  ])
})

test('equal values have no changes, and each path names what it says', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (one, other) => {
      const [before, after] = [treeOf(JSON.parse(one)), treeOf(JSON.parse(other))]
      expect(changedValues(before, treeOf(JSON.parse(one))).changes).toEqual([])
      const found = changedValues(before, after)
      const same = JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other))
      if (same) expect(found.changes).toEqual([])
      for (const { kind, path, before: old, after: now } of found.changes) {
        const root = kind === 'removed' ? before : after
        const nodes = nodesAt(root, parsePath(path))
        expect(nodes, path).toBeDefined()
        const last = nodes?.at(-1)
        if (last && nodes)
          expect(last.children ? nodeAs(nodes, 'json') : last.value).toBe(kind === 'removed' ? old : now)
      }
    }),
  )
})

test('many changes are counted, and the first are listed', () => {
  const numbers = Array.from({ length: mostChanges + 100 }, (_, index) => index)
  const found = changes(
    numbers,
    numbers.map((number) => number + 0.5),
  )
  expect(found.counts.changed).toBe(mostChanges + 100)
  expect(found.changes).toHaveLength(mostChanges)
})

test('deep values are compared without running out of stack', () => {
  const deep = (inner: string) => `${'[1,'.repeat(20_000)}${inner}${']'.repeat(20_000)}`
  const read = (text: string) => viewOf('json').read?.(encoder.encode(text)).root
  const [before, after] = [read(deep('1')), read(deep('2'))]
  if (before && after) expect(changedValues(before, after).counts.changed).toBe(1)
})
