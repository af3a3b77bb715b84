/** One value of a pickle, as its opcodes build it. It may grow while it is on the stack. */
export type Item = ItemPlace & ItemContent

interface ItemPlace {
  readonly start: number
  /** The end of the last opcode that belongs to it. */
  end: number
  /** Levels of values inside it. */
  depth: number
  /** Whether it would call something that is not only a value in another form. */
  calls: boolean
  /** Values that were put on the stack inside its span, and taken off again without becoming part of it. */
  dropped?: Item[]
}

export type ItemContent =
  | { readonly kind: 'constant'; readonly value: null | boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | TextItem
  | BytesItem
  | SequenceItem
  | { readonly kind: 'dict'; readonly entries: Entry[] }
  /** In place of a value that an unfinished pickle does not have. */
  | { readonly kind: 'missing' }
  | OpaqueItem

interface TextItem {
  readonly kind: 'str'
  /** Undefined when the bytes are not UTF-8. */
  readonly text: string | undefined
  /** The encoded text; of Python 2's str the bytes that it is. */
  readonly bytes: Uint8Array
}

interface BytesItem {
  readonly kind: 'bytes' | 'bytearray'
  readonly bytes: Uint8Array
}

interface SequenceItem {
  readonly kind: 'list' | 'tuple' | 'set' | 'frozenset'
  readonly items: Item[]
}

export interface Entry {
  readonly key: Item
  readonly value: Item
}

/** Values that only unpickling would make, to which opcodes can add parts. */
export type OpaqueItem = OpaqueContent & { parts?: Part[] }

type OpaqueContent = CallItem | ReferenceItem | GlobalItem | OutsideItem

export interface CallItem {
  readonly kind: 'call'
  /** Whether it makes an object of a class without its `__init__`. */
  readonly isNew: boolean
  readonly callable: Item
  /** A tuple, or a reference to one. */
  readonly args: Item
  readonly keywords: Item | undefined
}

/** A value that is used again. */
interface ReferenceItem {
  readonly kind: 'reference'
  /** Never a reference itself. */
  readonly target: Item
}

export interface GlobalItem {
  readonly kind: 'global'
  readonly module: string
  readonly name: string
}

/** What is not in the pickle, but known to the program that reads it. */
type OutsideItem =
  | { readonly kind: 'persistent'; readonly id: Item | string }
  | { readonly kind: 'extension'; readonly code: number }
  | { readonly kind: 'buffer'; readonly isReadOnly: boolean }

/** What an opcode adds to a value: an item as to a list, an entry as to a dict, or a state. */
export type Part =
  | { readonly role: 'item' | 'state'; readonly item: Item }
  | { readonly role: 'entry'; readonly key: Item; readonly value: Item }

const opaqueKinds: ReadonlySet<Item['kind']> = new Set([
  'call',
  'reference',
  'global',
  'persistent',
  'extension',
  'buffer',
])

export function isOpaque(item: Item): item is ItemPlace & OpaqueItem {
  return opaqueKinds.has(item.kind)
}

/** The value itself, of a reference what it refers to. */
export function resolved(item: Item): Item {
  return item.kind === 'reference' ? item.target : item
}

/** The arguments of a call. */
export function argumentsOf({ args }: CallItem): readonly Item[] {
  const tuple = resolved(args)
  return tuple.kind === 'tuple' ? tuple.items : []
}

/** The parts with one role. */
export function statesOf(item: OpaqueItem): readonly Item[] {
  return (item.parts ?? []).flatMap((part) => (part.role === 'state' ? [part.item] : []))
}
