import type { TreeNode, ViewId } from '../codecs/codec.ts'
import { optionsOf } from '../codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../codecs/protobuf/schema.ts'
import { isList, pathStep } from '../codecs/tree-path.ts'
import type { Frame } from '../message.ts'
import { type CsvColumn, type OfferedColumn, wholeFrame } from './csv-columns.ts'
import { structureOf } from './search/structure.ts'

/** How a frame is shown; null for unknown. */
export type ShownFrame = { readonly encoding: ViewId; readonly message: string | null } | null

/** Larger frames are not read for what they could offer. */
const mostBytes = 256 * 1024
/** The most values of a frame that are offered, and the characters of each that are shown. */
const mostValues = 200
const shownCharacters = 60

interface Leaf {
  readonly path: string
  readonly value: string
}

/** The values of a structure by their paths, in their order. */
function* leavesOf(root: TreeNode): Generator<Leaf> {
  const waiting = [{ node: root, path: wholeFrame }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path } = next
    if (!node.children) yield { path, value: node.value }
    const inList = isList(node)
    for (const child of (node.children ?? []).toReversed()) {
      waiting.push({ node: child, path: path + pathStep(child, inList) })
    }
  }
}

function* firstLeaves(root: TreeNode): Generator<Leaf> {
  let left = mostValues
  for (const leaf of leavesOf(root)) {
    if (left === 0) return
    left -= 1
    // The whole frame is offered anyway.
    if (leaf.path !== wholeFrame) yield leaf
  }
}

/** The columns that the frames of a message could have, by what is in them. */
export function offeredColumns(
  frames: readonly Frame[],
  shown: readonly ShownFrame[],
  schema: ProtobufSchema,
  textOf: (column: CsvColumn) => string,
): readonly OfferedColumn[] {
  return frames.flatMap((bytes, frame) => {
    const view = shown[frame] ?? null
    const known = view && { encoding: view.encoding, options: optionsOf(schema, view.message) }
    const structure = bytes.byteLength > mostBytes ? undefined : structureOf(bytes, known)
    const encoding = structure?.encoding ?? view?.encoding ?? null
    const message = encoding === view?.encoding ? view.message : null
    const columnOf = (path: string): CsvColumn => ({ value: { frame, encoding, message, path } })
    const whole = columnOf(wholeFrame)
    const leaves = structure?.reading.root ? [...firstLeaves(structure.reading.root)] : []
    return [
      { column: whole, sample: textOf(whole).slice(0, shownCharacters) },
      ...leaves.map(({ path, value }) => ({ column: columnOf(path), sample: value.slice(0, shownCharacters) })),
    ]
  })
}
