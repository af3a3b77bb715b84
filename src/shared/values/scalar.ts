import type { TreeNode } from '../codecs/codec.ts'
import { parseInstant } from '../codecs/wire/instant.ts'
import { numberInText, numberOf, type Value } from './value.ts'

const isInteger = /^-?\d+$/

/** The number of digits as they are written; integers beyond 2^53 are exact. */
export function numberOfDigits(digits: string): number | bigint | undefined {
  const number = numberInText(digits)
  if (number === undefined || Number.isSafeInteger(number)) return number
  return isInteger.test(digits) ? BigInt(digits) : number
}

const isBytes = ({ type, value }: TreeNode): boolean => type === 'bytes' || /^(?:h|b|bytearray\(b)['"]/.test(value)

/** The value of a node that has no others in it; undefined for bytes. */
export function scalarOf(node: TreeNode): Value | undefined {
  const { exact, value } = node
  if (typeof exact !== 'string') return exact
  if (isBytes(node)) return undefined
  // What is shown in quotes is text, whatever is in it.
  if (/^["']/.test(value)) return exact
  return numberOfDigits(exact) ?? parseInstant(exact) ?? exact
}

/** Whether a node holds others by their places. */
export const isListNode = ({ type, children = [] }: TreeNode): boolean =>
  !/^(?:object|map|fixmap|dict|message)\b/.test(type) && children.every(({ key }, place) => key === `${place}`)

/** What of a node can be plotted over time: its number, or its numbers in a row. */
export type Plottable = 'number' | 'numbers'

/** As many of the values of a list are looked at. */
const lookedAt = 100

/** Whether a node is a number or a list of numbers, as far as a look at it tells; null for others. */
export function plottable(node: TreeNode): Plottable | null {
  const { children, exact, value, note } = node
  if (note?.includes('cut short')) return null
  if (!children || (exact !== null && !value.startsWith('['))) {
    const scalar = scalarOf(node)
    return scalar === undefined || numberOf(scalar) === undefined ? null : 'number'
  }
  // An array of CBOR (RFC 8746) or of numpy, whose numbers are bytes.
  if (exact !== null || value.startsWith('numpy array')) return 'numbers'
  const [only] = children
  if (only && children.length === 1 && only.key === undefined) return plottable(only)
  if (children.length < 2 || !isListNode(node)) return null
  const isNumber = (child: TreeNode) => {
    const scalar = child.children ? undefined : scalarOf(child)
    return typeof scalar === 'number' || typeof scalar === 'bigint'
  }
  return children.slice(0, lookedAt).every(isNumber) ? 'numbers' : null
}
