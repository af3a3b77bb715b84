import { describedArray } from '../../shared/codecs/array/described.ts'
import { NumberArray, usualArrayForm } from '../../shared/codecs/array/elements.ts'
import { CodecError, type CodecOptions, type TreeNode, type ViewId, viewOf } from '../../shared/codecs/index.ts'
import { nodesAt, parsePath, type TreePath } from '../../shared/codecs/tree-path.ts'
import { parseInstant } from '../../shared/codecs/wire/instant.ts'
import type { Frame } from '../../shared/message.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import { decodeUtf8 } from '../../shared/utf8.ts'
import { numberOfDigits } from '../../shared/values/scalar.ts'
import type { ValueSource } from '../../shared/values/source.ts'
import type { Value } from '../../shared/values/value.ts'
import { captureWith } from './capture.ts'
import { isShallow, jsonAt } from './json-value.ts'
import { numbersIn, valueOfNode } from './node-value.ts'

/** What of a record a value is read from. */
export type ValuedRecord = Pick<NewRecord, 'frames' | 'envelope'>

/** The value in a message; undefined where there is none. Never throws because of what a message contains. */
export type ReadValue = (record: ValuedRecord) => Value | undefined

/** Larger frames are not decoded: it is done for each message. */
export const mostDecodedBytes = 64 * 1024
/** Numbers of an array are read where they are, so it may be larger. */
const mostArrayBytes = 16 * 1024 * 1024

/** The result for the frame that was asked for last: several values are often read out of one message. */
function lastOf<Result>(make: (frame: Frame) => Result): (frame: Frame) => Result {
  let last: { readonly frame: Frame; readonly result: Result } | null = null
  return (frame) => {
    if (last?.frame !== frame) last = { frame, result: make(frame) }
    return last.result
  }
}

/** Readers of whole trees by encoding and options: values with the same of both share their trees. */
const treeReaders = new Map<ViewId, WeakMap<CodecOptions, (frame: Frame) => TreeNode | undefined>>()
const noOptions: CodecOptions = {}

function treeReaderOf(encoding: ViewId, given: CodecOptions): (frame: Frame) => TreeNode | undefined {
  const options = Object.keys(given).length === 0 ? noOptions : given
  const readers = treeReaders.get(encoding) ?? new WeakMap()
  treeReaders.set(encoding, readers)
  const { read } = viewOf(encoding)
  const reader = readers.get(options) ?? lastOf((frame) => read?.(frame, options).root)
  readers.set(options, reader)
  return reader
}

/** The text of a frame that is JSON whose values need no tree to be found; undefined for others. */
const plainJsonOf = lastOf((frame) => {
  const text = decodeUtf8(frame)
  // JSON.parse takes the last of equal keys and rounds long numbers, so it only tells whether the text is valid.
  return text !== undefined && isJson(text) && isShallow(text) ? text : undefined
})

type Place = Pick<ValueSource, 'frame' | 'encoding' | 'path'>

/**
 * The nodes from the root of a frame's tree down to a path; undefined where a message has none. Throws `InspectorError` for
 * a wrong path.
 */
export function nodeReader(
  { frame: at, encoding, path: written }: Place,
  options: CodecOptions,
): (record: ValuedRecord) => readonly TreeNode[] | undefined {
  const path = parsePath(written)
  const treeOf = treeReaderOf(encoding, options)
  return ({ frames, envelope }) => {
    const frame = frames[envelope + at]
    if (!frame || frame.byteLength > mostDecodedBytes) return undefined
    const root = treeOf(frame)
    return root && nodesAt(root, path)
  }
}

/**
 * Reads a value out of each message. `options`: what the source's encoding needs, such as its Protobuf type; the form of an
 * array is the source's own. Throws `InspectorError` for a wrong path.
 */
export function valueReader(source: ValueSource, options: CodecOptions = {}): ReadValue {
  const read = viewOf(source.encoding).read ? treeReader(source, options) : flatReader(source, options)
  if (!source.isTime) return read
  return (record) => {
    const value = read(record)
    return typeof value === 'string' ? (parseInstant(value) ?? value) : value
  }
}

function treeReader(source: ValueSource, options: CodecOptions): ReadValue {
  const nodesOf = nodeReader(source, options)
  const path = parsePath(source.path)
  const capture = source.capture === null ? undefined : captureWith(source.capture)
  const read: ReadValue = (record) => {
    const frame = record.frames[record.envelope + source.frame]
    if (source.encoding === 'json' && frame && frame.byteLength <= mostDecodedBytes) {
      const fast = fastJson(frame, path)
      if (fast !== notFast) return fast
    }
    const node = nodesOf(record)?.at(-1)
    return node && frame && valueOfNode(node, frame)
  }
  if (!capture) return read
  return (record) => {
    const value = read(record)
    return typeof value === 'string' ? capture(value) : undefined
  }
}

const notFast = Symbol('only the tree can tell')

/** The value of JSON text that is valid, without a tree of all that is in it. */
function fastJson(frame: Frame, path: TreePath): Value | undefined | typeof notFast {
  const text = plainJsonOf(frame)
  if (text === undefined) return notFast
  const found = jsonAt(text, path)
  if (found === undefined) return undefined
  switch (found[0]) {
    case '"':
      return String(JSON.parse(found))
    case 't':
    case 'f':
      return found === 'true'
    case 'n':
      return null
    case '{':
      return undefined
    case '[':
      return notFast
    default:
      return numberOfDigits(found)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return false
    throw thrown
  }
}

/** The parts of a text: divided by commas, semicolons and white space. */
const partsOf = (text: string): string[] => text.split(/[\s,;]+/u).filter((part) => part !== '')

/** Of bytes without a tree: an array, or a text. */
function flatReader(
  { frame: at, encoding, path: written, array, capture: pattern }: ValueSource,
  options: CodecOptions,
): ReadValue {
  const path = parsePath(written)
  const [place] = path
  const index = place === undefined ? undefined : Number(place)
  if (path.length > 1 || (index !== undefined && !Number.isSafeInteger(index))) return () => undefined
  if (encoding === 'array') {
    return ({ frames, envelope }) => {
      const frame = frames[envelope + at]
      if (!frame || frame.byteLength > mostArrayBytes) return undefined
      const before = at > 0 ? frames[envelope + at - 1] : undefined
      const form = array ?? options.array ?? describedArray(before, frame.byteLength)?.form ?? usualArrayForm
      if (index === undefined) return numbersIn(frame, form)
      const numbers = new NumberArray(frame, form)
      return index < numbers.count ? numbers.at(index) : undefined
    }
  }
  const { decode } = viewOf(encoding)
  const capture = pattern === null ? undefined : captureWith(pattern)
  return ({ frames, envelope }) => {
    const frame = frames[envelope + at]
    if (!frame || frame.byteLength > mostDecodedBytes) return undefined
    const text = decoded(() => decode(frame, { ...options, isOneLine: true }))
    if (text === undefined) return undefined
    const found = capture ? capture(text) : text
    return index === undefined || found === undefined ? found : partsOf(found)[index]
  }
}

/** Undefined for bytes that are not of the encoding. */
function decoded(decode: () => string): string | undefined {
  try {
    return decode()
  } catch (thrown) {
    if (thrown instanceof CodecError) return undefined
    throw thrown
  }
}
