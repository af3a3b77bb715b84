import { CodecError } from '../codec.ts'
import { formatJson } from '../json/format.ts'
import type { WireValue } from './value.ts'

/**
 * JSON text which `encode` turns into exactly `bytes` again. Throws `CodecError` ('decode-failed')
 * when there is none: when the value holds something JSON lacks, or writes something in another way
 * than `encode` does.
 */
export function exactJsonText(value: WireValue, bytes: Uint8Array, encode: (text: string) => Uint8Array): string {
  const pieces: string[] = []
  write(value, pieces)
  const compact = pieces.join('')
  const again = encode(compact)
  const difference = firstDifference(bytes, again)
  if (difference !== undefined) {
    throw new CodecError(
      'decode-failed',
      `Byte ${difference} begins a form that JSON text would not keep, such as a longer integer or a shorter float: use the tree or hex`,
      difference,
      difference < bytes.length ? 1 : 0,
    )
  }
  try {
    return formatJson(compact)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw new CodecError('decode-failed', error.message, 0, bytes.length)
  }
}

function write(value: WireValue, pieces: string[]): void {
  const { content } = value
  switch (content.kind) {
    case 'scalar':
      pieces.push(content.json)
      return
    case 'text':
      pieces.push(JSON.stringify(content.text))
      return
    case 'array':
      pieces.push('[')
      for (const [index, item] of content.items.entries()) {
        if (index > 0) pieces.push(',')
        write(item, pieces)
      }
      pieces.push(']')
      return
    case 'map':
      pieces.push('{')
      for (const [index, { key, value: member }] of content.entries.entries()) {
        if (index > 0) pieces.push(',')
        if (key.content.kind !== 'text') throw inexpressible(key, 'a map key that is not text')
        pieces.push(JSON.stringify(key.content.text), ':')
        write(member, pieces)
      }
      pieces.push('}')
      return
    case 'tagged':
      if (content.json === undefined) throw inexpressible(value, 'a tagged value')
      pieces.push(content.json)
      return
    case 'bytes':
    case 'foreign':
      throw inexpressible(value, content.noun)
  }
}

function inexpressible({ offset, length }: WireValue, noun: string): CodecError {
  const message = `Byte ${offset} begins ${noun}, which JSON text cannot show: use the tree or hex`
  return new CodecError('decode-failed', message, offset, length)
}

function firstDifference(left: Uint8Array, right: Uint8Array): number | undefined {
  const shared = Math.min(left.length, right.length)
  for (let offset = 0; offset < shared; offset += 1) {
    if (left[offset] !== right[offset]) return offset
  }
  return left.length === right.length ? undefined : shared
}
