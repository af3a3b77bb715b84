import { maximumDepth } from '../json/parse.ts'
import { readVarint, varintEnd, varintFault } from './varint.ts'

/** How a value is laid out in the bytes, by the number in its tag. */
export const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, group: 3, endGroup: 4, fixed32: 5 } as const

export type WireType = (typeof wireTypes)[keyof typeof wireTypes]

/** One field as it stands in the bytes. */
export interface WireField {
  readonly number: number
  readonly wireType: WireType
  /** Where its tag stands, and then its value: with its length, and with a group's end. */
  readonly start: number
  readonly valueStart: number
  readonly end: number
  /** What a length is the length of, and what is in a group; the value itself for all others. */
  readonly contentStart: number
  readonly contentEnd: number
  /** The fields in a group. */
  readonly fields?: readonly WireField[]
  /** Whether the bytes end within the value. */
  readonly isCut: boolean
}

/** What keeps bytes from being a message. A plain object: bytes that are not even meant as one are tried often. */
export interface WireFault {
  readonly message: string
  readonly offset: number
  readonly length: number
  /** Whether the bytes end too early, rather than being wrong. */
  readonly isCut: boolean
}

/** The fields of one message, and why there are no more. */
export interface WireScan {
  readonly fields: readonly WireField[]
  readonly fault: WireFault | undefined
}

/** More than this can be shown in no way. */
export const maximumFields = 2_000_000

const maximumFieldNumber = 0x1fffffff

/**
 * The fields of the message in a part of the bytes, which is `depth` levels deep itself. Looks into groups, but not
 * into what has a length.
 */
export function scanFields(bytes: Uint8Array, start: number, end: number, depth: number): WireScan {
  if (depth >= maximumDepth) return { fields: [], fault: tooDeep(start, end) }
  return new Scanner(bytes, end).scan(start, depth)
}

/** A group whose end has not come yet; number 0 stands for the message around all groups. */
interface OpenGroup {
  readonly number: number
  readonly start: number
  readonly valueStart: number
  readonly fields: WireField[]
}

type Scanned = { readonly field: WireField; readonly fault?: WireFault } | { readonly fault: WireFault }

/** Keeps its own stack of groups, so that no input overflows the machine's. */
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
    // What is open is all that there is of it.
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      parent.fields.push(groupField(group, this.#end, this.#end, true))
      group = parent
    }
    return { fields: top.fields, fault }
  }

  #tag(start: number): { number: number; wireType: number; end: number } | { fault: WireFault } {
    const tag = readVarint(this.#bytes, start, this.#end)
    if (tag === undefined) return { fault: this.#varintFault(start, 'The tag') }
    // A tag has 32 bits: a larger one is refused whatever the rest of its digits.
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
