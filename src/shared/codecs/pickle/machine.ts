import type { CodecError } from '../codec.ts'
import { maximumDepth } from '../json/parse.ts'
import { maximumValues } from '../wire/reader.ts'
import { PickleBytes } from './bytes.ts'
import { type Entry, type Item, type ItemContent, isOpaque, type Part, resolved } from './items.ts'
import { isHarmless } from './known.ts'

/** Where a mark is on the stack, and in the bytes. */
interface Mark {
  readonly height: number
  readonly start: number
}

/**
 * The stack and memo of a pickle. Nothing is called: a value that a call would make is kept as that call. Each value is
 * in one place; where the memo gives it again, there is a reference, so that nothing grows beyond the bytes.
 */
export class PickleMachine extends PickleBytes {
  readonly stack: Item[] = []
  readonly marks: Mark[] = []
  readonly memo = new Map<number, Item>()
  /** Values taken off the stack, in the order of their bytes, until the value around them is made. */
  readonly dropped: Item[] = []
  /** What the present opcode has taken off the stack and not used yet. */
  #taken: Item[] = []
  #values = 0

  /** Begins the opcode at the current position, and returns its byte. */
  begin(): number {
    this.opcodeStart = this.offset
    if (this.#taken.length > 0) this.#taken = []
    return this.uint8()
  }

  /** Puts back what an opcode had taken when it failed. */
  giveBack(): void {
    for (const item of this.#taken.sort((one, other) => one.start - other.start)) this.stack.push(item)
    this.#taken = []
  }

  /** Puts a value on the stack that the present opcode makes of these others, the first of which begins at `start`. */
  push(content: ItemContent, parts: readonly Item[] = [], start = parts[0]?.start ?? this.opcodeStart): void {
    this.stack.push(this.aside(content, parts, start))
  }

  /** The same value without putting it on the stack. */
  aside(content: ItemContent, parts: readonly Item[], start: number): Item {
    this.#values += 1
    if (this.#values > maximumValues) throw this.fault(`is beyond ${maximumValues} values`)
    const calls = content.kind === 'call' && !isHarmless(content)
    const item: Item = Object.assign(content, { start, end: this.offset, depth: 0, calls })
    for (const part of parts) this.#adopt(item, part)
    this.#adoptDropped(item)
    this.#taken = []
    return item
  }

  /** Takes the top value off the stack. */
  pop(): Item {
    const item = this.stack.length > this.#floor() ? this.stack.pop() : undefined
    if (!item) throw this.#empty()
    this.#taken.push(item)
    return item
  }

  /** The top value above the last mark, if there is one. */
  peek(): Item | undefined {
    return this.stack.length > this.#floor() ? this.stack.at(-1) : undefined
  }

  top(): Item {
    const item = this.peek()
    if (!item) throw this.#empty()
    return item
  }

  mark(): void {
    this.marks.push({ height: this.stack.length, start: this.opcodeStart })
  }

  /** Takes the values down to the last mark, and the mark. */
  popToMark(): { readonly items: Item[]; readonly start: number } {
    const mark = this.marks.pop()
    if (!mark) throw this.fault('finds no mark on the stack')
    const items = this.stack.splice(mark.height)
    this.#taken = items.slice()
    return { items, start: mark.start }
  }

  drop(item: Item): void {
    this.dropped.push(item)
    this.#taken = []
  }

  remember(index: number | bigint): void {
    if (index < 0 || index > Number.MAX_SAFE_INTEGER) throw this.fault(`has the index ${index}`)
    this.memo.set(Number(index), resolved(this.top()))
  }

  recall(index: number | bigint): void {
    const target = this.memo.get(Number(index))
    if (!target) throw this.fault(`refers to ${index}, which nothing was stored as`)
    this.push({ kind: 'reference', target })
  }

  /** Adds items to the top value, as to a list or a set. */
  addItems(kind: 'list' | 'set', items: readonly Item[]): void {
    const top = this.top()
    const inside = top.kind === 'list' || top.kind === 'set' ? top.items : undefined
    for (const item of items) {
      this.#adopt(top, item)
      if (inside && top.kind === kind) inside.push(item)
      else this.#addPart(top, { role: 'item', item })
    }
    this.#extended(top)
  }

  /** Adds entries to the top value, as to a dict. */
  addEntries(entries: readonly Entry[]): void {
    const top = this.top()
    for (const entry of entries) {
      this.#adopt(top, entry.key)
      this.#adopt(top, entry.value)
      if (top.kind === 'dict') top.entries.push(entry)
      else this.#addPart(top, { role: 'entry', ...entry })
    }
    this.#extended(top)
  }

  /** Gives the top value, an object, its state. */
  addState(item: Item): void {
    const top = this.top()
    this.#adopt(top, item)
    this.#addPart(top, { role: 'state', item })
    this.#extended(top)
  }

  #addPart(top: Item, part: Part): void {
    if (!isOpaque(top)) throw this.fault(`cannot add to a ${top.kind}`)
    top.parts ??= []
    top.parts.push(part)
  }

  #extended(top: Item): void {
    this.#taken = []
    this.#adoptDropped(top)
    top.end = this.offset
  }

  /** Makes a value part of another. */
  #adopt(item: Item, part: Item): void {
    if (part.depth >= maximumDepth) throw this.fault(`makes more than ${maximumDepth} levels of nesting`)
    if (part.depth >= item.depth) item.depth = part.depth + 1
    if (part.calls) item.calls = true
  }

  /** Keeps the values that were dropped inside the span of another with it. */
  #adoptDropped(item: Item): void {
    for (let last = this.dropped.at(-1); last && last.start >= item.start; last = this.dropped.at(-1)) {
      this.#adopt(item, last)
      this.dropped.pop()
      item.dropped ??= []
      item.dropped.push(last)
    }
  }

  /** The height of the stack below which the present opcode must not reach. */
  #floor(): number {
    return this.marks.at(-1)?.height ?? 0
  }

  #empty(): CodecError {
    return this.fault('finds no value on the stack')
  }
}
