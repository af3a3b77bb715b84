import type { TreeNode } from '../codecs/codec.ts'

/**
 * Numbers that are equal for nodes that say the same: type, value and all below. Trees whose nodes are to be compared need
 * the same one. Not recursive: trees may be deep.
 */
export class Identities {
  readonly #numbers = new Map<string, number>()
  readonly #of = new Map<TreeNode, number>()

  /** The number of a node of a tree that was added. */
  of(node: TreeNode): number {
    const number = this.#of.get(node)
    if (number === undefined) throw new Error('This node is in no tree that was added.')
    return number
  }

  add(root: TreeNode): void {
    const order: TreeNode[] = [root]
    for (let place = 0; place < order.length; place += 1)
      for (const child of order[place]?.children ?? []) order.push(child)
    for (const node of order.reverse()) this.#of.set(node, this.#numberOf(this.#textOf(node)))
  }

  #textOf({ type, value, children }: TreeNode): string {
    if (!children) return JSON.stringify([type, value])
    return JSON.stringify([type, children.map((child) => [child.key ?? null, this.#of.get(child) ?? null])])
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }
}
