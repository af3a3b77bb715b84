import { decodeUtf8 } from '../../utf8.ts'
import { compactHex } from '../hex.ts'
import { joinChunks } from './chunks.ts'
import { textOf } from './text.ts'
import type { WireChunks, WireValue } from './value.ts'

/**
 * Decides whether two map keys are equal: by value, whatever their encoded form. One instance serves a whole frame, so
 * that nested keys are examined once and time grows only with the size of the frame.
 */
export class KeyIdentities {
  /** A number for each container value, so that values around it get short identities. */
  readonly #numbers = new Map<string, number>()
  readonly #known = new Map<WireValue, string>()

  /** A text that is the same for equal values and different otherwise. */
  of(key: WireValue): string {
    switch (key.kind) {
      case 'integer':
        return `i${key.value}`
      case 'float':
        return Object.is(key.value, -0) ? 'f-0' : `f${key.value} ${key.bits ?? ''} ${key.bits ? key.width : ''}`
      case 'simple':
        return `s${key.value}`
      case 'text':
        return textIdentity(textOf(key), key.content)
      case 'bytes':
        return `b${compactHex(key.bytes)}`
      case 'extension':
        return `e${key.type} ${compactHex(key.bytes)}`
      case 'unread':
        return `u${key.start}`
    }
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const description = this.#describe(key)
    const identity = key.kind === 'chunks' ? description : this.#number(description)
    this.#known.set(key, identity)
    return identity
  }

  #describe(key: Extract<WireValue, { kind: 'chunks' | 'array' | 'map' | 'tag' | 'embedded' }>): string {
    switch (key.kind) {
      case 'chunks':
        return chunksIdentity(key)
      case 'array':
        return `a${this.#all(key.items)}`
      case 'map':
        return `m${this.#all(key.entries.flatMap((entry) => [entry.key, entry.value]))}`
      case 'tag':
        return `t${key.tag} ${this.of(key.inner)}`
      case 'embedded':
        return `c${this.#all(key.items)}`
    }
  }

  #all(values: readonly WireValue[]): string {
    return values.map((value) => this.#number(this.of(value))).join(' ')
  }

  #number(identity: string): string {
    const number = this.#numbers.get(identity) ?? this.#numbers.size
    this.#numbers.set(identity, number)
    return `#${number}`
  }
}

function chunksIdentity({ of, chunks }: WireChunks): string {
  const bytes = joinChunks(chunks)
  return of === 'text' ? textIdentity(decodeUtf8(bytes), bytes) : `b${compactHex(bytes)}`
}

/** The text, or its bytes when it is not UTF-8. */
function textIdentity(text: string | undefined, content: string | Uint8Array): string {
  return text === undefined && typeof content !== 'string' ? `x${compactHex(content)}` : `"${text}`
}
