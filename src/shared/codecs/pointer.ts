import type { TreeNode } from './codec.ts'

/** A key as a part of a JSON pointer (RFC 6901). */
export const pointerPart = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** The key under which a pointer finds the child at an index: the item of a tagged value is under `0`. */
export const childKey = ({ key }: TreeNode, index: number): string => key ?? String(index)

/** Whether the text is a JSON pointer: empty for the root, or parts that each begin with a slash. */
export const isPointer = (text: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)

/** The node that a pointer leads to; undefined without one. Of equal keys, the last counts, as for most programs. */
export function nodeAt(root: TreeNode, pointer: string): TreeNode | undefined {
  let node: TreeNode | undefined = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    node = node?.children?.findLast((child, index) => childKey(child, index) === key)
  }
  return node
}
