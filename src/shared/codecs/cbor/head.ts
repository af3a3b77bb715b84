import { CodecError } from '../codec.ts'
import type { ByteReader } from '../wire/reader.ts'

/** The head of a CBOR item: its major type, the five bits beside it, and the number they lead to. */
export interface Head {
  readonly offset: number
  readonly major: number
  readonly info: number
  /** Zero where `info` announces an indefinite length. */
  readonly argument: number | bigint
}

export const indefinite = 31

/** Reads a head. A number that fits is a `number`, so that only 64-bit ones cost a bigint. */
export function readHead(reader: ByteReader): Head {
  const offset = reader.offset
  const byte = reader.uint8()
  const major = byte >> 5
  const info = byte & 31
  if (info < 24) return { offset, major, info, argument: info }
  switch (info) {
    case 24:
      return { offset, major, info, argument: reader.uint8() }
    case 25:
      return { offset, major, info, argument: reader.uint16() }
    case 26:
      return { offset, major, info, argument: reader.uint32() }
    case 27:
      return { offset, major, info, argument: reader.uint64() }
    case indefinite:
      if (major >= 2 && major !== 6) return { offset, major, info, argument: 0 }
      break
  }
  const shown = byte.toString(16).padStart(2, '0')
  throw new CodecError('decode-failed', `Byte ${offset} is ${shown}, which CBOR does not use`, offset)
}

/** ` in 4 bytes` when the head is longer than its number needs: other encoders would have written it shorter. */
export function excess({ info, argument }: Head): string {
  if (info < 24 || info === indefinite) return ''
  const needed = argument < 24 ? 23 : argument < 0x100 ? 24 : argument < 0x10000 ? 25 : argument < 0x100000000 ? 26 : 27
  if (needed === info) return ''
  return ` in ${1 << (info - 24)} ${info === 24 ? 'byte' : 'bytes'}`
}
