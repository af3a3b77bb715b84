import fc from 'fast-check'
import { expect } from 'vitest'
import type { Reading, TreeNode } from '../../../src/shared/codecs/codec.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { character } from './support.ts'

const utf8 = new TextEncoder()

const jsonFrame = fc.json({ stringUnit: character }).map((text) => utf8.encode(text))
export const structured = [
  ['cbor', cborFrame],
  ['messagepack', messagePackFrame],
  ['json', jsonFrame],
] as const
export type Structured = (typeof structured)[number][0]

export function read(id: Structured, bytes: Uint8Array): Reading {
  const reading = codecs[id].read?.(bytes)
  if (!reading) throw new Error(`${id} has no structure`)
  return reading
}

/** What `read` may return for any bytes: a tree, a fault, or both, all inside the bytes. */
export function checkedReading(id: Structured, bytes: Uint8Array): Reading {
  const reading = read(id, bytes)
  const { root, fault } = reading
  expect(root !== undefined || fault !== undefined).toBe(true)
  if (fault) {
    expect(fault.code).toBe('decode-failed')
    expect(fault.message).toMatch(/^[^a-z].*[^.]$/s)
    expect(fault.offset).toBeGreaterThanOrEqual(0)
    expect(fault.offset + fault.length).toBeLessThanOrEqual(bytes.length)
    if (fault.offset < bytes.length) expect(fault.length).toBeGreaterThanOrEqual(1)
  }
  if (root) checkSpans(root, 0, bytes.length)
  return reading
}

/** Children are inside their parent, in order, each after its key. */
function checkSpans(node: TreeNode, from: number, to: number): void {
  expect(node.start).toBeGreaterThanOrEqual(from)
  expect(node.end).toBeGreaterThanOrEqual(node.start)
  expect(node.end).toBeLessThanOrEqual(to)
  let reached = node.start
  for (const child of node.children ?? []) {
    if (child.keySpan) {
      expect(child.keySpan.start).toBeGreaterThanOrEqual(reached)
      expect(child.keySpan.end).toBeGreaterThan(child.keySpan.start)
      expect(child.keySpan.end).toBeLessThanOrEqual(child.start)
    }
    checkSpans(child, reached, node.end)
    reached = child.end
  }
}

export function* nodesOf(root: TreeNode | undefined): Generator<TreeNode> {
  const waiting = root ? [root] : []
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node
    waiting.push(...(node.children ?? []))
  }
}

/** A tree as lines: key, type, value and note, two spaces per level. */
export function outline(node: TreeNode | undefined, indent = ''): string[] {
  if (!node) return []
  const key = node.key === undefined ? '' : `${node.key}: `
  const note = node.note === undefined ? '' : ` (${node.note})`
  const line = `${indent}${key}${node.type} ${node.value}${note}`
  return [line, ...(node.children ?? []).flatMap((child) => outline(child, `${indent}  `))]
}
