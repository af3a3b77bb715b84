import type { Span, TreeNode } from '../../shared/codecs/codec.ts'

/** A visible node with its place in the tree. */
export interface VisibleNode {
  readonly node: TreeNode
  /** The indexes from the root down, joined by dots; empty for the root. */
  readonly path: string
  readonly level: number
  readonly expandable: boolean
  readonly expanded: boolean
}

const openAtFirst = 200

/** The first two levels are expanded initially, unless they are large. */
export function firstExpanded(root: TreeNode): ReadonlySet<string> {
  const open = new Set([''])
  const children = root.children ?? []
  const grandchildren = children.reduce((total, child) => total + (child.children?.length ?? 0), 0)
  if (children.length + grandchildren > openAtFirst) return open
  for (const [index, child] of children.entries()) if (child.children) open.add(`${index}`)
  return open
}

/** The visible nodes, top to bottom, while the paths in `expanded` are open. */
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

/** Whether a node contains a span, in its value or its key. */
function holds(node: TreeNode, { start, end }: Span): boolean {
  const from = Math.min(node.start, node.keySpan?.start ?? node.start)
  return from <= start && end <= node.end && start < node.end
}

/** The path of the smallest node that contains the whole span; the root's when none does. */
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

/** The ancestors that must be expanded for `path` to be visible. */
export function pathsAbove(path: string): string[] {
  const above: string[] = ['']
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) above.push(path.slice(0, dot))
  return above
}

/** The parent's path; the root is its own parent. */
export const parentPath = (path: string): string => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '')

/** The nodes from the root down to a path. */
export function nodesTo(root: TreeNode, path: string): TreeNode[] {
  const nodes = [root]
  for (const step of path === '' ? [] : path.split('.')) {
    const next = nodes.at(-1)?.children?.[Number(step)]
    if (next) nodes.push(next)
  }
  return nodes
}

/** Most nodes that are opened at once: more rows would take the tree's thread too long. */
const mostExpanded = 100_000

/** The paths of a node and of all below it that can be opened, the outermost first. */
export function pathsBelow(node: TreeNode, path: string): string[] {
  const paths: string[] = []
  const waiting = [{ node, path }]
  for (let at = 0; at < waiting.length && paths.length < mostExpanded; at += 1) {
    const next = waiting[at]
    if (!next?.node.children?.length) continue
    paths.push(next.path)
    for (const [index, child] of next.node.children.entries()) {
      if (child.children) waiting.push({ node: child, path: next.path === '' ? `${index}` : `${next.path}.${index}` })
    }
  }
  return paths
}

/** What is open without a node and all below it. */
export const withoutBelow = (open: ReadonlySet<string>, path: string): ReadonlySet<string> =>
  new Set([...open].filter((each) => path !== '' && each !== path && !each.startsWith(`${path}.`)))
