import type { Span, TreeNode } from '../../shared/codecs/codec.ts'

/** A node that can be seen, with its place in the tree. */
export interface VisibleNode {
  readonly node: TreeNode
  /** Where it stands: the indexes from the root down, joined by dots; empty for the root. */
  readonly path: string
  readonly level: number
  readonly expandable: boolean
  readonly expanded: boolean
}

const openAtFirst = 200

/** The first two levels are open to begin with, unless there is a lot in them. */
export function firstExpanded(root: TreeNode): ReadonlySet<string> {
  const open = new Set([''])
  const children = root.children ?? []
  const grandchildren = children.reduce((total, child) => total + (child.children?.length ?? 0), 0)
  if (children.length + grandchildren > openAtFirst) return open
  for (const [index, child] of children.entries()) if (child.children) open.add(`${index}`)
  return open
}

/** The nodes that can be seen while the paths in `expanded` are open, from top to bottom. */
export function visibleRows(root: TreeNode, expanded: ReadonlySet<string>): VisibleNode[] {
  const rows: VisibleNode[] = []
  const waiting: { node: TreeNode; path: string; level: number }[] = [{ node: root, path: '', level: 1 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path, level } = next
    const children = node.children ?? []
    const open = children.length > 0 && expanded.has(path)
    rows.push({ node, path, level, expandable: children.length > 0, expanded: open })
    if (!open) continue
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]
      if (child) waiting.push({ node: child, path: path === '' ? `${index}` : `${path}.${index}`, level: level + 1 })
    }
  }
  return rows
}

/** Whether a node holds a part of the bytes, in its value or in its key. */
function holds(node: TreeNode, { start, end }: Span): boolean {
  const from = Math.min(node.start, node.keySpan?.start ?? node.start)
  return from <= start && end <= node.end && start < node.end
}

/** The path of the smallest node that holds all of a part of the bytes; the root's where none does. */
export function pathAt(root: TreeNode, span: Span): string {
  const steps: number[] = []
  for (let node = root; ; ) {
    const children: readonly TreeNode[] = node.children ?? []
    const index = children.findIndex((child) => holds(child, span))
    const child = children[index]
    if (!child) return steps.join('.')
    steps.push(index)
    node = child
  }
}

/** The node at a path; undefined when there is none. */
export function nodeAt(root: TreeNode, path: string): TreeNode | undefined {
  if (path === '') return root
  return path.split('.').reduce<TreeNode | undefined>((node, step) => node?.children?.[Number(step)], root)
}

/** The paths that must be open for the one at `path` to be seen. */
export function pathsAbove(path: string): string[] {
  const above: string[] = ['']
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) above.push(path.slice(0, dot))
  return above
}

/** The path one level up; the root is its own parent. */
export const parentPath = (path: string): string => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '')
