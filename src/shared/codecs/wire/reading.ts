import { CodecError, type Reading, type TreeNode } from '../codec.ts'

/** The tree that `read` makes, or the fault for which there is none. */
export function readingOf(read: () => TreeNode): Reading {
  try {
    return { root: read(), fault: undefined }
  } catch (thrown) {
    if (thrown instanceof CodecError) return { root: undefined, fault: thrown }
    throw thrown
  }
}
