import { maximumDepth } from '../../shared/codecs/json/parse.ts'
import type { TreePath } from '../../shared/codecs/tree-path.ts'

const space = /[ \t\n\r]*/y
/** A string that is known to be valid. */
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/y
/** Anything that is neither a container nor a string. */
const word = /[^ \t\n\r,\]}]+/y
const isIndex = /^(?:0|[1-9]\d*)$/

/** The end of what an expression finds at a place. */
function after(expression: RegExp, text: string, place: number): number {
  expression.lastIndex = place
  expression.test(text)
  return Math.max(place, expression.lastIndex)
}

/** The end of a value of valid JSON that begins at a place. */
function endOf(text: string, start: number): number {
  const first = text[start]
  if (first === '"') return after(string, text, start)
  if (first !== '{' && first !== '[') return after(word, text, start)
  let depth = 0
  for (let place = start; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    if (unit === 0x22) place = after(string, text, place) - 1
    else if (unit === 0x7b || unit === 0x5b) depth += 1
    else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1
      if (depth === 0) return place + 1
    }
  }
  return text.length
}

/** Whether valid JSON is nested no more deeply than trees are read. */
export function isShallow(text: string): boolean {
  // Each level takes two characters at least.
  if (text.length <= 2 * maximumDepth) return true
  let depth = 0
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    if (unit === 0x22) place = after(string, text, place) - 1
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1
      if (depth > maximumDepth) return false
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1
  }
  return true
}

const keyIn = (quoted: string): string => (quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1))

/** Where the value of a step begins; undefined when there is none. Of equal keys, the last counts. */
function stepInto(text: string, start: number, key: string): number | undefined {
  const isObject = text[start] === '{'
  if (!isObject && (text[start] !== '[' || !isIndex.test(key))) return undefined
  const wanted = Number(key)
  let found: number | undefined
  let place = after(space, text, start + 1)
  for (let index = 0; text[place] !== '}' && text[place] !== ']'; index += 1) {
    let isFound = index === wanted
    if (isObject) {
      const end = endOf(text, place)
      isFound = keyIn(text.slice(place, end)) === key
      place = after(space, text, after(space, text, end) + 1)
    }
    if (isFound) found = place
    if (isFound && !isObject) return place
    place = after(space, text, endOf(text, place))
    if (text[place] === ',') place = after(space, text, place + 1)
  }
  return found
}

/** The source text of the value at a path of valid JSON, as it is written; undefined when there is none. */
export function jsonAt(text: string, path: TreePath): string | undefined {
  let place = after(space, text, 0)
  for (const key of path) {
    const next = stepInto(text, place, key)
    if (next === undefined) return undefined
    place = next
  }
  return text.slice(place, endOf(text, place))
}
