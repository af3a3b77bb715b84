import type { TreeNode } from '../../shared/codecs/codec.ts'

/** What a collapsed container holds: its first children, on one line with what is around and between them. */
export interface Summary {
  readonly opening: string
  readonly closing: string
  /** Long keys and values are truncated; what a value holds itself is `…`. */
  readonly parts: readonly SummaryPart[]
  /** Whether there are no more children. */
  readonly isWhole: boolean
}

export interface SummaryPart {
  /** Absent where the children have indexes. */
  readonly key?: string
  readonly value: string
}

/** Characters of a summary, about. */
const longestSummary = 60
const longestKey = 24

/** How containers tell their size, and the brackets that their content is written in. */
const bracketsBySize = [
  [/ (?:items?|documents)$/, '[', ']'],
  [/ (?:entry|entries|fields?)$/, '{', '}'],
] as const

/** The brackets of a container; undefined for what has another meaning than its content, such as a time. */
function bracketsOf({ value, children }: TreeNode): readonly [string, string] | undefined {
  if (!children) return undefined
  const [, opening, closing] = bracketsBySize.find(([size]) => size.test(value)) ?? []
  return opening === undefined || closing === undefined ? undefined : [opening, closing]
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…` : text
}

/** A value inside a summary. What has a value only in its children, such as a tag without a meaning, is `…`. */
function innerText(node: TreeNode): string {
  const brackets = bracketsOf(node)
  if (brackets) return node.children?.length ? brackets.join('…') : brackets.join('')
  return node.value === '' && node.children ? '…' : node.value
}

/**
 * Sums a container up; undefined for a value that is shown without its children. Looks at no more children than fit,
 * however many there are.
 */
export function summaryOf(node: TreeNode): Summary | undefined {
  const brackets = bracketsOf(node)
  const children = node.children ?? []
  if (!brackets || children.length === 0) return undefined
  const [opening, closing] = brackets
  const parts: SummaryPart[] = []
  let room = longestSummary
  for (const child of children) {
    // An index has no place in the bytes.
    const key = child.keySpan && child.key !== undefined ? shorten(child.key, longestKey) : undefined
    const text = innerText(child)
    const length = (key === undefined ? 0 : key.length + 2) + text.length
    if (parts.length > 0 && length > room) break
    const value = shorten(text, room - length + text.length)
    parts.push(key === undefined ? { value } : { key, value })
    room -= length + 2
    if (room <= 0) break
  }
  return { opening, closing, parts, isWhole: parts.length === children.length }
}
