import type { TreeNode } from '../../codecs/codec.ts'
import { opened } from '../../codecs/tree-path.ts'
import type { Frame } from '../../message.ts'
import { type Comparison, isAsCompared, scalarOf } from './comparison.ts'
import { maximumComparedBytes } from './limits.ts'
import { type PathQuery, pathQuery } from './path-query.ts'
import { type KnownView, valuesIn } from './structure.ts'

/** Frames of a message without its envelope. */
export interface ComparedFrames {
  readonly frames: readonly Frame[]
  /** How they are known to be encoded, by position; null for unknown. */
  readonly views: readonly (KnownView | null)[]
  /** Whether there are more frames, or more of the last one. */
  readonly isCut: boolean
}

/** Whether all comparisons hold, and whether a frame was not looked into that could have told. */
export interface Compared {
  readonly holds: boolean
  readonly isSkipped: boolean
}

/** Comparisons that are tried on messages. */
export class Comparisons {
  readonly #compared: readonly { readonly query: PathQuery; readonly comparison: Comparison }[]

  /** Throws `InspectorError` (`invalid-argument`) for what is no path. */
  constructor(comparisons: readonly Comparison[]) {
    this.#compared = comparisons.map((comparison) => ({ query: pathQuery(comparison.path), comparison }))
  }

  of({ frames, views, isCut }: ComparedFrames): Compared {
    const read: (readonly TreeNode[])[] = []
    let isSkipped = false
    const valuesOf = (place: number, frame: Frame): readonly TreeNode[] => {
      read[place] ??= valuesIn(frame, views[place] ?? null)
      return read[place]
    }
    const isAnywhere = (query: PathQuery, comparison: Comparison): boolean => {
      let skips = isCut
      for (const [place, frame] of frames.entries()) {
        if (frame.byteLength > maximumComparedBytes) skips = true
        else if (valuesOf(place, frame).some((root) => query(root).some((node) => isWanted(node, comparison))))
          return true
      }
      isSkipped ||= skips
      return false
    }
    const holds = this.#compared.every(({ query, comparison }) => isAnywhere(query, comparison) !== comparison.excludes)
    return { holds, isSkipped }
  }
}

function isWanted(node: TreeNode, comparison: Comparison): boolean {
  const found = scalarOf(opened([node]))
  return found !== undefined && isAsCompared(found, comparison)
}
