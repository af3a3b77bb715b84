import type { TreeNode } from '../codecs/codec.ts'
import { nodeAs } from '../codecs/node-as.ts'
import { isList } from '../codecs/tree-path.ts'
import { Identities } from './identities.ts'

export const changeKinds = ['added', 'removed', 'changed'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** A value that is in one tree alone, or another in the other. */
export interface ValueChange {
  readonly kind: ChangeKind
  /** As `nodeAs` writes it; in the tree before for what was removed, else in the one after. */
  readonly path: string
  /** Of a container, its JSON. Long ones are cut, with an ellipsis. Null where there is none. */
  readonly before: string | null
  readonly after: string | null
}

export interface ValueChanges {
  /** In the order of the tree, the first of them. */
  readonly changes: readonly ValueChange[]
  readonly counts: Readonly<Record<ChangeKind, number>>
}

/** Changes that are listed; all are counted. */
export const mostChanges = 500
/** Characters of a value that are given. */
const mostCharacters = 1000

/** A node with those above it. */
interface Placed {
  readonly node: TreeNode
  readonly above: Placed | null
}

/** A place in both trees, or in one of them. */
interface Pair {
  readonly before: Placed | null
  readonly after: Placed | null
}

/** The nodes from the root down. */
function wayTo(placed: Placed): readonly TreeNode[] {
  const nodes: TreeNode[] = []
  for (let at: Placed | null = placed; at; at = at.above) nodes.push(at.node)
  return nodes.reverse()
}

function valueText({ node }: Placed): string {
  const text = node.children ? nodeAs([node], 'json') : node.value
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
}

const placedIn = (above: Placed): readonly Placed[] => (above.node.children ?? []).map((node) => ({ node, above }))

/**
 * Children of two lists: what both begin and end with is left out, so that a value put in between is one that was added.
 * The rest are compared place by place.
 */
function pairsOfLists(before: Placed, after: Placed, identities: Identities): readonly Pair[] {
  const [old, now] = [placedIn(before), placedIn(after)]
  const isSame = (one: Placed | undefined, other: Placed | undefined): boolean =>
    one !== undefined && other !== undefined && identities.of(one.node) === identities.of(other.node)
  const shorter = Math.min(old.length, now.length)
  let first = 0
  while (first < shorter && isSame(old[first], now[first])) first += 1
  let last = 0
  while (last < shorter - first && isSame(old[old.length - 1 - last], now[now.length - 1 - last])) last += 1
  const [oldRest, nowRest] = [old.slice(first, old.length - last), now.slice(first, now.length - last)]
  return Array.from({ length: Math.max(oldRest.length, nowRest.length) }, (_, index) => ({
    before: oldRest[index] ?? null,
    after: nowRest[index] ?? null,
  }))
}

/** Children of two objects by their keys; of equal keys the first goes with the first. */
function pairsByKey(before: Placed, after: Placed): readonly Pair[] {
  const old = placedIn(before)
  const waiting = new Map<string | undefined, Placed[]>()
  for (const child of old.toReversed()) {
    const same = waiting.get(child.node.key)
    if (same) same.push(child)
    else waiting.set(child.node.key, [child])
  }
  const found = new Set<Placed>()
  const pairs = placedIn(after).map((child): Pair => {
    const same = waiting.get(child.node.key)?.pop() ?? null
    if (same) found.add(same)
    return { before: same, after: child }
  })
  return [...pairs, ...old.filter((child) => !found.has(child)).map((child) => ({ before: child, after: null }))]
}

/** What is below both of a pair, where both are containers of one kind; null where they are no such pair. */
function pairsBelow({ before, after }: Pair, identities: Identities): readonly Pair[] | null {
  if (!before?.node.children || !after?.node.children) return null
  const areLists = isList(before.node)
  if (before.node.children.length > 0 && after.node.children.length > 0 && areLists !== isList(after.node)) return null
  return areLists && isList(after.node) ? pairsOfLists(before, after, identities) : pairsByKey(before, after)
}

/** What is another in one tree than in the other. Not recursive: trees may be deep. */
export function changedValues(before: TreeNode, after: TreeNode): ValueChanges {
  const identities = new Identities()
  identities.add(before)
  identities.add(after)
  const changes: ValueChange[] = []
  const counts = { added: 0, removed: 0, changed: 0 }
  const waiting: Pair[] = [{ before: { node: before, above: null }, after: { node: after, above: null } }]
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const { before: old, after: now } = pair
    if (old && now && identities.of(old.node) === identities.of(now.node)) continue
    const below = pairsBelow(pair, identities)
    if (below) {
      for (const each of below.toReversed()) waiting.push(each)
      continue
    }
    const kind = !old ? 'added' : !now ? 'removed' : 'changed'
    counts[kind] += 1
    const place = now ?? old
    if (!place || changes.length === mostChanges) continue
    changes.push({
      kind,
      path: nodeAs(wayTo(place), 'path'),
      before: old && valueText(old),
      after: now && valueText(now),
    })
  }
  return { changes, counts }
}
