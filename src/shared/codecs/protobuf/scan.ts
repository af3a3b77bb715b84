import { maximumDepth } from '../json/parse.ts'
import { readVarint, varintEnd, varintFault } from './varint.ts'

/** The layout of a value, by the number in its tag. */
export const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, group: 3, endGroup: 4, fixed32: 5 } as const

export type WireType = (typeof wireTypes)[keyof typeof wireTypes]

/** One field as it is in the bytes. */
export interface WireField {
  readonly number: number
  readonly wireType: WireType
  /** Start of the tag, and of the value. The value includes its length or the end tag of a group. */
  readonly start: number
  readonly valueStart: number
  readonly end: number
  /** The content of a length-delimited value or group; for others the value itself. */
  readonly contentStart: number
  readonly contentEnd: number
  /** The fields of a group. */
  readonly fields?: readonly WireField[]
  /** Whether the bytes end inside the value. */
  readonly isCut: boolean
}

/** Why bytes are not a message. A plain object, since bytes that are not meant as one are tried often. */
export interface WireFault {
  readonly message: string
  readonly offset: number
  readonly length: number
  /** Whether the bytes end too early, rather than being invalid. */
  readonly isCut: boolean
}

/** The fields of a message, and why there are no more. */
export interface WireScan {
  readonly fields: readonly WireField[]
  readonly fault: WireFault | undefined
}

/** More fields than this cannot be shown in any view. */
export const maximumFields = 2_000_000

const maximumFieldNumber = 0x1fffffff

/**
 * The fields of the message in a byte range, itself `depth` levels deep. Descends into groups, but not into
 * length-delimited values.
 */
export function scanFields(bytes: Uint8Array, start: number, end: number, depth: number): WireScan {
  if (depth >= maximumDepth) return { fields: [], fault: tooDeep(start, end) }
  return new Scanner(bytes, end).scan(start, depth)
}

/** A group whose end tag has not been seen; number 0 is the enclosing message. */
interface OpenGroup {
  readonly number: number
  readonly start: number
  readonly valueStart: number
  readonly fields: WireField[]
}

type Scanned = { readonly field: WireField; readonly fault?: WireFault } | { readonly fault: WireFault }

/** Uses its own stack of groups, so that no input overflows the call stack. */
class Scanner {
  readonly #bytes: Uint8Array
  readonly #end: number
  #count = 0

  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes
    this.#end = end
  }

  scan(start: number, depth: number): WireScan {
    const top: OpenGroup = { number: 0, start, valueStart: start, fields: [] }
    const open: OpenGroup[] = []
    let group = top
    let offset = start
    let fault: WireFault | undefined
    while (offset < this.#end && fault === undefined) {
      this.#count += 1
      const tag = this.#tag(offset)
      if ('fault' in tag) {
        fault = tag.fault
      } else if (this.#count > maximumFields) {
        fault = faultAt(offset, this.#end, `More than ${maximumFields} fields`)
      } else if (tag.wireType === wireTypes.group) {
        if (depth + open.length + 1 >= maximumDepth) {
          fault = tooDeep(offset, tag.end)
        } else {
          open.push(group)
          group = { number: tag.number, start: offset, valueStart: tag.end, fields: [] }
          offset = tag.end
        }
      } else if (tag.wireType === wireTypes.endGroup) {
        const parent = tag.number === group.number ? open.pop() : undefined
        if (parent === undefined) {
          fault = unmatched(tag.number, offset, tag.end, group)
        } else {
          parent.fields.push(groupField(group, offset, tag.end, false))
          group = parent
          offset = tag.end
        }
      } else {
        const scanned = this.#value(tag.number, tag.wireType, offset, tag.end)
        fault = scanned.fault
        if ('field' in scanned) {
          group.fields.push(scanned.field)
          offset = scanned.field.end
        }
      }
    }
    if (group !== top) fault ??= unfinished(group)
    // Open groups are as complete as they will get.
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      parent.fields.push(groupField(group, this.#end, this.#end, true))
      group = parent
    }
    return { fields: top.fields, fault }
  }

  #tag(start: number): { number: number; wireType: number; end: number } | { fault: WireFault } {
    const tag = readVarint(this.#bytes, start, this.#end)
    if (tag === undefined) return { fault: this.#varintFault(start, 'The tag') }
    // A tag has 32 bits; a larger one is rejected, whatever its lower bits.
    const value = tag.value > 0xffffffffn ? 0xffffffff + 1 : Number(tag.value)
    const number = Math.floor(value / 8)
    const wireType = value % 8
    if (tag.overflows || number > maximumFieldNumber) {
      const message = `The tag at byte ${start} has a field number beyond ${maximumFieldNumber}`
      return { fault: faultAt(start, tag.end, message) }
    }
    if (number === 0) {
      return { fault: faultAt(start, tag.end, `The tag at byte ${start} has field number 0: they begin at 1`) }
    }
    if (wireType > wireTypes.fixed32) {
      const message = `The tag at byte ${start} has wire type ${wireType}: only 0 to 5 exist`
      return { fault: faultAt(start, tag.end, message) }
    }
    return { number, wireType, end: tag.end }
  }

  #value(number: number, wireType: number, start: number, valueStart: number): Scanned {
    if (wireType === wireTypes.varint) {
      const varint = varintEnd(this.#bytes, valueStart, this.#end)
      if (varint !== undefined) return { field: plainField(number, wireType, start, valueStart, varint, false) }
      const fault = this.#varintFault(valueStart, 'The varint')
      const end = fault.isCut ? this.#end : fault.offset + fault.length
      return { field: plainField(number, wireType, start, valueStart, end, true), fault }
    }
    if (wireType === wireTypes.lengthDelimited) return this.#lengthDelimited(number, start, valueStart)
    const end = valueStart + (wireType === wireTypes.fixed64 ? 8 : 4)
    const type = wireType === wireTypes.fixed64 ? wireTypes.fixed64 : wireTypes.fixed32
    if (end <= this.#end) return { field: plainField(number, type, start, valueStart, end, false) }
    const fault = cutShort(valueStart, this.#end, BigInt(end - valueStart))
    return { field: plainField(number, type, start, valueStart, this.#end, true), fault }
  }

  #lengthDelimited(number: number, start: number, valueStart: number): Scanned {
    const wireType = wireTypes.lengthDelimited
    const length = readVarint(this.#bytes, valueStart, this.#end)
    if (length === undefined) {
      const fault = this.#varintFault(valueStart, 'The length')
      const end = fault.isCut ? this.#end : fault.offset + fault.length
      const field = { number, wireType, start, valueStart, end, contentStart: end, contentEnd: end, isCut: true }
      return { field, fault }
    }
    const contentStart = length.end
    const isCut = length.overflows || length.value > this.#end - contentStart
    const end = isCut ? this.#end : contentStart + Number(length.value)
    const field = { number, wireType, start, valueStart, end, contentStart, contentEnd: end, isCut }
    return isCut ? { field, fault: cutShort(contentStart, this.#end, length.value) } : { field }
  }

  #varintFault(start: number, what: string): WireFault {
    if (varintFault(start, this.#end) === 'too long') {
      return faultAt(start, start + 10, `${what} at byte ${start} has more than 10 bytes`)
    }
    const length = this.#end - start
    const missing =
      length === 0 ? `a byte needed at byte ${start}` : `${what.toLowerCase()} goes on after byte ${this.#end - 1}`
    return { message: `Cut short: ${missing}, with nothing left`, offset: start, length, isCut: true }
  }
}

function plainField(
  number: number,
  wireType: WireType,
  start: number,
  valueStart: number,
  end: number,
  isCut: boolean,
): WireField {
  return { number, wireType, start, valueStart, end, contentStart: valueStart, contentEnd: end, isCut }
}

function groupField(group: OpenGroup, contentEnd: number, end: number, isCut: boolean): WireField {
  const { number, start, valueStart, fields } = group
  const wireType = wireTypes.group
  return { number, wireType, start, valueStart, end, contentStart: valueStart, contentEnd, fields, isCut }
}

function faultAt(start: number, end: number, message: string): WireFault {
  return { message, offset: start, length: end - start, isCut: false }
}

function cutShort(start: number, end: number, needed: bigint): WireFault {
  const needs = needed === 1n ? '1 byte' : `${needed} bytes`
  const message = `Cut short: ${needs} needed at byte ${start}, with only ${end - start} left`
  return { message, offset: start, length: end - start, isCut: true }
}

function tooDeep(start: number, end: number): WireFault {
  return faultAt(start, end, `More than ${maximumDepth} levels of nesting`)
}

function unfinished({ number, start, valueStart }: OpenGroup): WireFault {
  const message = `Cut short: the group of field ${number}, which begins at byte ${start}, has no end`
  return { message, offset: start, length: valueStart - start, isCut: true }
}

function unmatched(number: number, start: number, end: number, group: OpenGroup): WireFault {
  const open = group.number === 0 ? 'no group is open' : `the group of field ${group.number} is open`
  return faultAt(start, end, `Byte ${start} ends a group of field ${number}, but ${open}`)
}
