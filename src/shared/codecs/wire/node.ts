import { CodecError, type ExactValue, type Span, type TreeNode } from '../codec.ts'
import { countOf } from './count.ts'

/** A node's place in its parent: its key, where the key is, and what is unusual about it. */
export interface NodePlace {
  readonly key?: string
  readonly keySpan?: Span
  readonly note?: string | undefined
}

/** A node of the tree. */
export function nodeOf(
  type: string,
  value: string,
  exact: ExactValue,
  span: Span,
  place: NodePlace,
  ownNote?: string,
  children?: readonly TreeNode[],
): TreeNode {
  const node = plainNode(type, value, exact, span, place, children)
  const note = place.note !== undefined && ownNote !== undefined ? `${place.note}, ${ownNote}` : (place.note ?? ownNote)
  if (note !== undefined) node.note = note
  return node
}

/**
 * A node without a note. Every combination is spelled out because a frame has up to two million nodes: adding
 * properties later takes more time and memory.
 */
function plainNode(
  type: string,
  value: string,
  exact: ExactValue,
  { start, end }: Span,
  { key, keySpan }: NodePlace,
  children?: readonly TreeNode[],
): TreeNode & { note?: string } {
  if (key === undefined) {
    return children === undefined ? { type, value, start, end, exact } : { type, value, start, end, exact, children }
  }
  if (keySpan === undefined) {
    return children === undefined
      ? { key, type, value, start, end, exact }
      : { key, type, value, start, end, exact, children }
  }
  return children === undefined
    ? { key, type, value, start, end, exact, keySpan }
    : { key, type, value, start, end, exact, keySpan, children }
}

/** Bytes that follow a value and are none themselves. */
export const leftOverNode = (rest: Span, shown: string, exact: string, place: NodePlace): TreeNode =>
  nodeOf('left over', shown, exact, rest, place, 'left over')

/** A value and the bytes left over after it. */
export function leftOverRoot(root: TreeNode, leftOver: TreeNode): TreeNode {
  const { start, end } = leftOver
  const value = `1 value, ${countOf(end - start, 'byte')} left over`
  return nodeOf('frame', value, null, { start: 0, end }, {}, undefined, [root, leftOver])
}

/** Several complete values of a frame, one after the other. */
export function sequenceRoot(documents: readonly TreeNode[], end: number): TreeNode {
  return nodeOf('sequence', countOf(documents.length, 'document'), null, { start: 0, end }, {}, undefined, documents)
}

export function emptyFrame(): CodecError {
  return new CodecError('decode-failed', 'Nothing to decode: the frame is empty', 0, 0)
}
