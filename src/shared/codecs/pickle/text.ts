import { type CallItem, type Entry, type Item, isOpaque, type OpaqueItem, resolved } from './items.ts'
import { classMade, meaningOf } from './known.ts'
import { callableName } from './names.ts'
import { floatDigits, intDigits, isHuge, quotedBytes, quotedText } from './python-text.ts'

/** A longer value is not written again where it is referred to. */
const longestRepeated = 100

/** The value about as Python writes it, truncated with `…`. */
export function itemLine(item: Item, maximumCharacters: number): string {
  const printer = new PicklePrinter(maximumCharacters)
  printer.value(item)
  const text = printer.finish()
  return text.length > maximumCharacters ? `${text.slice(0, Math.max(0, maximumCharacters - 1))}…` : text
}

const brackets = { list: ['[', ']'], tuple: ['(', ')'], set: ['{', '}'], frozenset: ['frozenset({', '})'] } as const

class PicklePrinter {
  readonly #limit: number
  readonly #pieces: string[] = []
  #length = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  finish(): string {
    return this.#pieces.join('')
  }

  value(item: Item): void {
    if (this.#isFull) return
    for (const dropped of item.dropped ?? []) {
      if (!dropped.calls) continue
      this.#put('<taken off the stack: ')
      this.value(dropped)
      this.#put('> ')
    }
    switch (item.kind) {
      case 'list':
      case 'tuple':
      case 'set':
      case 'frozenset':
        this.#sequence(item.kind, item.items)
        break
      case 'dict':
        this.#dict(item.entries)
        break
      case 'call':
        this.#call(item)
        break
      case 'reference':
        this.#reference(item.target)
        this.#parts(item)
        break
      case 'persistent':
        this.#put('<persistent id ')
        if (typeof item.id === 'string') this.#put(quotedText(item.id))
        else this.value(item.id)
        this.#put('>')
        this.#parts(item)
        break
      default:
        this.#put(this.#leaf(item) ?? '')
        this.#parts(item)
    }
  }

  get #isFull(): boolean {
    return this.#length > this.#limit
  }

  /** A value without others in it; undefined for one with others. */
  #leaf(item: Item): string | undefined {
    // A few more than fit, so that it is seen to be too long.
    const room = Math.max(0, this.#limit - this.#length) + 2
    switch (item.kind) {
      case 'constant':
        return item.value === null ? 'None' : item.value ? 'True' : 'False'
      case 'int':
        return isHuge(item.value) && Number.isFinite(this.#limit) ? '<very large int>' : intDigits(item.value)
      case 'float':
        return floatDigits(item.value)
      case 'str':
        return item.text === undefined
          ? quotedBytes(item.bytes.subarray(0, room))
          : quotedText(item.text.slice(0, room))
      case 'bytes':
        return quotedBytes(item.bytes.subarray(0, room))
      case 'bytearray':
        return `bytearray(${quotedBytes(item.bytes.subarray(0, room))})`
      case 'global':
        return `<global ${item.module}.${item.name}>`
      case 'extension':
        return `<extension code ${item.code}>`
      case 'buffer':
        return '<buffer>'
      case 'call':
        return item.calls ? undefined : meaningOf(item)?.literal?.slice(0, room)
      default:
        return undefined
    }
  }

  #sequence(kind: keyof typeof brackets, items: readonly Item[]): void {
    if (kind === 'set' && items.length === 0) {
      this.#put('set()')
      return
    }
    const [opening, closing] = brackets[kind]
    this.#put(opening)
    this.#list(items)
    this.#put(kind === 'tuple' && items.length === 1 ? `,${closing}` : closing)
  }

  #list(items: readonly Item[]): void {
    for (const [index, item] of items.entries()) {
      if (this.#isFull) return
      if (index > 0) this.#put(', ')
      this.value(item)
    }
  }

  #dict(entries: readonly Entry[]): void {
    this.#put('{')
    for (const [index, { key, value }] of entries.entries()) {
      if (this.#isFull) return
      if (index > 0) this.#put(', ')
      this.value(key)
      this.#put(': ')
      this.value(value)
    }
    this.#put('}')
  }

  #call(item: Item & CallItem & OpaqueItem): void {
    // What would be called must be seen, whatever it is in.
    const literal = this.#leaf(item)
    if (literal !== undefined) {
      this.#put(literal)
      return
    }
    const made = classMade(item)
    const name = callableName(made ?? item.callable)
    if (name === undefined) this.value(item.callable)
    else this.#put(name)
    this.#put('(')
    const hasArguments = !made && this.#arguments(item)
    const members = hasArguments ? undefined : membersOf(item)
    for (const [index, { name: member, value }] of (members ?? []).entries()) {
      if (this.#isFull) return
      this.#put(`${index > 0 ? ', ' : ''}${member}=`)
      this.value(value)
    }
    this.#put(')')
    if (!members) this.#parts(item)
  }

  /** Whether there were any. */
  #arguments({ args, keywords }: CallItem): boolean {
    const tuple = resolved(args)
    const items = tuple.kind === 'tuple' ? tuple.items : []
    if (args.kind === 'tuple') this.#list(items)
    else this.#put(items.length > 0 ? `<same as at byte ${tuple.start}>` : '')
    if (keywords) {
      this.#put(items.length > 0 ? ', **' : '**')
      this.value(keywords)
    }
    return items.length > 0 || keywords !== undefined
  }

  /** What later opcodes add to a value, as the method that unpickling would call. */
  #parts(item: Item): void {
    const parts = isOpaque(item) ? (item.parts ?? []) : []
    const items = parts.flatMap((part) => (part.role === 'item' ? [part.item] : []))
    const entries = parts.flatMap((part) => (part.role === 'entry' ? [part] : []))
    if (items.length > 0) {
      this.#put('.extend(')
      this.#sequence('list', items)
      this.#put(')')
    }
    if (entries.length > 0) {
      this.#put('.update(')
      this.#dict(entries)
      this.#put(')')
    }
    for (const part of parts) {
      if (part.role !== 'state') continue
      this.#put('.__setstate__(')
      this.value(part.item)
      this.#put(')')
    }
  }

  #reference(target: Item): void {
    const text = isShort(target) ? this.#leaf(target) : undefined
    this.#put(text ?? `<same as at byte ${target.start}>`)
  }

  #put(piece: string): void {
    this.#length += piece.length
    this.#pieces.push(piece)
  }
}

function isShort(item: Item): boolean {
  if (item.kind === 'int') return !isHuge(item.value)
  if (item.kind === 'call') return (meaningOf(item)?.literal?.length ?? 0) <= longestRepeated
  return (
    (item.kind !== 'str' && item.kind !== 'bytes' && item.kind !== 'bytearray') || item.bytes.length <= longestRepeated
  )
}

/** The members of an object that has nothing but a state by their names; undefined for any other. */
function membersOf(item: CallItem & OpaqueItem): { readonly name: string; readonly value: Item }[] | undefined {
  const [part, ...rest] = item.parts ?? []
  if (part?.role !== 'state' || part.item.kind !== 'dict' || rest.length > 0) return undefined
  const members = part.item.entries.flatMap(({ key, value }) => {
    const name = resolved(key)
    return name.kind === 'str' && name.text !== undefined && /^\w{1,100}$/.test(name.text)
      ? [{ name: name.text, value }]
      : []
  })
  return members.length === part.item.entries.length ? members : undefined
}
