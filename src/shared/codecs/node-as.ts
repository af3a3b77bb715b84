import type { TreeNode } from './codec.ts'
import { isList, pathStep } from './tree-path.ts'

/** Forms in which a node of a tree is copied. */
export const nodeForms = ['value', 'path', 'json', 'python'] as const

export type NodeForm = (typeof nodeForms)[number]

export const nodeFormLabels: Readonly<Record<NodeForm, string>> = {
  value: 'Copy the value',
  path: 'Copy the path',
  json: 'Copy as JSON',
  python: 'Copy as Python',
}

/** How a language writes the values of a tree. */
interface Language {
  text(text: string): string
  /** Of bytes in hex digits. */
  bytes(digits: string): string
  /** Of an integer, or of a number that is not finite, as it is shown. */
  number(shown: string): string
  /** Of a key that is an integer. */
  integerKey(digits: string): string
  readonly words: Readonly<Record<'true' | 'false' | 'null', string>>
}

const isInteger = /^-?\d+$/
const isNotFinite = /^(?:NaN|-?Infinity)$/

const json: Language = {
  text: (text) => JSON.stringify(text),
  bytes: (digits) => JSON.stringify(digits),
  // JSON has no such numbers.
  number: (shown) => (isNotFinite.test(shown) ? 'null' : shown),
  integerKey: (digits) => JSON.stringify(digits),
  words: { true: 'true', false: 'false', null: 'null' },
}

const python: Language = {
  // Its string literals know the escapes of JSON's, but for pairs of surrogates, which JSON.stringify leaves as they are.
  text: (text) => JSON.stringify(text),
  bytes: (digits) => `bytes.fromhex(${JSON.stringify(digits)})`,
  number: (shown) => (isNotFinite.test(shown) ? `float(${JSON.stringify(shown)})` : shown),
  integerKey: (digits) => digits,
  words: { true: 'True', false: 'False', null: 'None' },
}

function scalar({ exact, value, type }: TreeNode, language: Language): string {
  if (exact === null || typeof exact === 'boolean') return language.words[`${exact}`]
  if (typeof exact === 'number') return `${exact}`
  if (value.startsWith("h'") || type === 'bytes') return language.bytes(exact)
  // What is shown in quotes is text, whatever is in it.
  if (!/^["']/.test(value) && (isInteger.test(exact) || isNotFinite.test(exact))) return language.number(exact)
  return language.text(exact)
}

/** A key as trees show it, which tells those that are no text by their type. */
function keyOf(shown: string, language: Language): string {
  const digits = /^(-?\d+) \(integer\)$/.exec(shown)?.[1]
  return digits === undefined ? language.text(shown) : language.integerKey(digits)
}

/** A node and all below it in a language, on one line. Not recursive: trees may be deep. */
function written(root: TreeNode, language: Language): string {
  const parts: string[] = []
  const waiting: (TreeNode | string)[] = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      parts.push(next)
      continue
    }
    const { children } = next
    if (!children) {
      parts.push(scalar(next, language))
      continue
    }
    const list = isList(next)
    parts.push(list ? '[' : '{')
    waiting.push(list ? ']' : '}')
    for (const [place, child] of [...children.entries()].reverse()) {
      waiting.push(child)
      const key = list ? '' : `${keyOf(child.key ?? `${place}`, language)}: `
      const before = `${place > 0 ? ', ' : ''}${key}`
      if (before !== '') waiting.push(before)
    }
  }
  return parts.join('')
}

/** The way from the root down to a node, as JSONPath writes it: `$.values[0]["odd key"]`. */
function pathOf(nodes: readonly TreeNode[]): string {
  return nodes.reduce((path, node, depth) => {
    const parent = nodes[depth - 1]
    return parent ? path + pathStep(node, isList(parent)) : '$'
  }, '$')
}

/**
 * A node as text. `nodes` leads from the root of the tree down to it. The value of a container is its JSON; bytes are hex
 * digits.
 */
export function nodeAs(nodes: readonly TreeNode[], form: NodeForm): string {
  const node = nodes.at(-1)
  if (!node) return ''
  switch (form) {
    case 'path':
      return pathOf(nodes)
    case 'json':
      return written(node, json)
    case 'python':
      return written(node, python)
    case 'value':
      if (node.children) return written(node, json)
      return node.exact === null ? node.value : `${node.exact}`
  }
}
