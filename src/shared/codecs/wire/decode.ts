import { CodecError } from '../codec.ts'
import { maximumDepth } from '../json/parse.ts'
import { countOf } from './count.ts'
import { ByteReader } from './reader.ts'
import type { WireValue } from './value.ts'

/** Reads the one value which a frame must hold: nothing before it, nothing after it. */
export function readFrame(bytes: Uint8Array, readValue: (reader: ByteReader, depth: number) => WireValue): WireValue {
  if (bytes.length === 0) throw new CodecError('decode-failed', 'Nothing to decode: the frame is empty', 0, 0)
  const reader = new ByteReader(bytes)
  const value = readValue(reader, 0)
  if (reader.remaining > 0) {
    const message = `The value ends at byte ${reader.offset}, with ${countOf(reader.remaining, 'byte')} left over`
    throw new CodecError('decode-failed', message, reader.offset, reader.remaining)
  }
  return value
}

/** Refuses to go deeper than the machine's stack is sure to carry. */
export function checkDepth(depth: number, offset: number): void {
  if (depth < maximumDepth) return
  throw new CodecError('decode-failed', `More than ${maximumDepth} levels of nesting`, offset)
}
