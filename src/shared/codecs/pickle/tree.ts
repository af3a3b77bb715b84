import type { ExactValue, Span, TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from '../wire/count.ts'
import { type NodePlace, nodeOf } from '../wire/node.ts'
import { type CallItem, type Entry, type Item, isOpaque, type OpaqueItem, resolved } from './items.ts'
import { classMade, meaningOf } from './known.ts'
import { callableName, shorten } from './names.ts'
import { floatDigits, intDigits, quotedBytes, quotedText } from './python-text.ts'
import { itemLine } from './text.ts'

/** Most characters shown of a call's arguments, and of a key that is no string. */
const longestLine = 100

/** Most characters shown of a value that is used again: a pickle can do that millions of times. */
const longestRepeated = 200

/** What a value is, without its children. */
interface Summary {
  readonly type: string
  readonly shown: string
  readonly exact: ExactValue
  readonly note?: string
}

/** The value as shown in the tree view. */
export function pickleTree(item: Item): TreeNode {
  return new PickleTree().node(item, {})
}

class PickleTree {
  /** By what references refer to: a pickle can refer to one value millions of times. */
  readonly #targets = new Map<Item, Summary>()

  node(item: Item, place: NodePlace): TreeNode {
    const { type, shown, exact, note } = this.#summary(item)
    const children = this.#children(item)
    return nodeOf(
      type,
      shown,
      exact,
      item,
      place,
      note,
      children.length > 0 || isContainer(item) ? children : undefined,
    )
  }

  #summary(item: Item): Summary {
    if (item.kind !== 'reference') return summaryOf(item)
    const { target } = item
    const known = this.#targets.get(target)
    if (known) return known
    const { type, shown, exact } = summaryOf(target)
    const note = `same as at byte ${target.start}`
    const isLong = shown.length > longestRepeated
    const summary = { type, shown: shorten(shown, longestRepeated), exact: isLong ? note : exact, note }
    this.#targets.set(target, summary)
    return summary
  }

  #children(item: Item): TreeNode[] {
    const children = [...this.#content(item), ...this.#parts(item)]
    if (!item.dropped) return children
    for (const dropped of item.dropped) children.push(this.node(dropped, { note: 'taken off the stack' }))
    return children.sort((one, other) => one.start - other.start)
  }

  #content(item: Item): TreeNode[] {
    switch (item.kind) {
      case 'list':
      case 'tuple':
        return item.items.map((inner, index) => this.node(inner, { key: String(index) }))
      case 'set':
      case 'frozenset':
        return item.items.map((inner) => this.node(inner, {}))
      case 'dict':
        return this.#entries(item.entries)
      case 'call':
        return this.#callChildren(item)
      case 'persistent':
        return typeof item.id === 'string' ? [] : [this.node(item.id, { key: 'id' })]
      default:
        return []
    }
  }

  #callChildren({ callable, args, keywords }: CallItem): TreeNode[] {
    const isShown = callableName(callable) === undefined || callable.calls
    return [
      ...(isShown ? [this.node(callable, { key: 'callable' })] : []),
      ...(args.kind === 'tuple' ? this.#children(args) : [this.node(args, { key: 'arguments' })]),
      ...(keywords ? [this.node(keywords, { key: 'keywords' })] : []),
    ]
  }

  #parts(item: Item): TreeNode[] {
    if (!isOpaque(item) || !item.parts) return []
    const entries = this.#entries(item.parts.flatMap((part) => (part.role === 'entry' ? [part] : [])))
    let index = 0
    let entry = 0
    return item.parts.flatMap((part) => {
      if (part.role === 'entry') {
        entry += 1
        return entries.slice(entry - 1, entry)
      }
      index += 1
      return [this.node(part.item, { key: part.role === 'state' ? 'state' : String(index - 1) })]
    })
  }

  #entries(entries: readonly Entry[]): TreeNode[] {
    const before = new Set<string | Item>()
    return entries.map(({ key, value }) => {
      const text = this.#keyText(key)
      // Long keys are compared as what they refer to: to compare their texts would take too long.
      const identity = text.length > longestRepeated ? resolved(key) : `${resolved(key).kind} ${text}`
      const isDuplicate = isPlain(resolved(key)) && before.has(identity)
      before.add(identity)
      const note = key.calls ? 'the key is a call, not executed' : isDuplicate ? 'duplicate key' : undefined
      return this.node(value, { key: text, keySpan: { start: key.start, end: key.end }, note })
    })
  }

  /** A str as it is; any other key as Python writes it, with its type, so that `1` and `'1'` differ. */
  #keyText(key: Item): string {
    const value = resolved(key)
    if (value.kind === 'str' && value.text !== undefined && !key.calls) {
      return key === value ? value.text : shorten(value.text, longestRepeated)
    }
    const most = isString(key) ? Number.POSITIVE_INFINITY : longestLine
    return `${itemLine(key, most)} (${this.#summary(key).type})`
  }
}

const isString = ({ kind }: Item): boolean => kind === 'str' || kind === 'bytes'

function isContainer({ kind }: Item): boolean {
  return (
    kind === 'list' || kind === 'tuple' || kind === 'set' || kind === 'frozenset' || kind === 'dict' || kind === 'call'
  )
}

function isPlain({ kind }: Item): boolean {
  return kind === 'str' || kind === 'int' || kind === 'bytes' || kind === 'constant'
}

function summaryOf(item: Item): Summary {
  switch (item.kind) {
    case 'constant':
      if (item.value === null) return { type: 'None', shown: 'None', exact: null }
      return { type: 'bool', shown: item.value ? 'True' : 'False', exact: item.value }
    case 'int': {
      const digits = intDigits(item.value)
      return { type: 'int', shown: digits, exact: digits }
    }
    case 'float': {
      const isDecimal = Number.isFinite(item.value) && !Number.isInteger(item.value)
      const digits = floatDigits(item.value)
      return { type: 'float', shown: digits, exact: isDecimal ? item.value : digits }
    }
    case 'str':
      if (item.text !== undefined) return { type: 'str', shown: quotedText(item.text), exact: item.text }
      return { ...bytesSummary('str', item.bytes), note: 'not text' }
    case 'bytes':
    case 'bytearray':
      return bytesSummary(item.kind, item.bytes)
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return { type: item.kind, shown: countOf(item.items.length, 'item'), exact: null }
    case 'missing':
      return { type: 'missing', shown: '', exact: null, note: 'cut short' }
    case 'dict':
      return { type: 'dict', shown: countOf(item.entries.length, 'entry'), exact: null }
    default:
      return opaqueSummary(item)
  }
}

function bytesSummary(type: string, bytes: Uint8Array): Summary {
  return { type, shown: quotedBytes(bytes), exact: compactHex(bytes) }
}

function opaqueSummary(item: Span & Item & OpaqueItem): Summary {
  switch (item.kind) {
    case 'call': {
      const meaning = meaningOf(item)
      if (meaning) return { type: meaning.type, shown: meaning.text, exact: meaning.text }
      const made = classMade(item) ?? (item.isNew ? item.callable : undefined)
      const name = callableName(made ?? item.callable) ?? 'a value'
      const shown = made && !item.isNew ? '' : itemLine(item.args, longestLine)
      return { type: `${made ? 'new' : 'call'} ${name}`, shown, exact: null, note: 'not executed' }
    }
    case 'global': {
      const name = `${item.module}.${item.name}`
      return { type: 'global', shown: name, exact: name, note: 'not imported' }
    }
    case 'persistent': {
      const shown = typeof item.id === 'string' ? quotedText(item.id) : itemLine(item.id, longestLine)
      return { type: 'persistent id', shown, exact: shown, note: 'not looked up' }
    }
    case 'extension':
      return { type: 'extension code', shown: String(item.code), exact: String(item.code), note: 'not looked up' }
    case 'buffer':
      return {
        type: item.isReadOnly ? 'buffer, read-only' : 'buffer',
        shown: '',
        exact: null,
        note: 'sent beside the pickle',
      }
    case 'reference':
      return summaryOf(item.target)
  }
}
