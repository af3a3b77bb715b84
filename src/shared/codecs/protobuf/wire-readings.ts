import type { TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { printableText } from './notation.ts'
import { bytesText, numberText, readNumber } from './numbers.ts'
import { type WireField, wireTypes } from './scan.ts'
import { excessBytes, fromZigzag, readVarint } from './varint.ts'

/** Most packed values that are shown: there is nearly always a better reading. */
const maximumPacked = 16

/** The layout of a complete field in words, such as `varint of 10 bytes` for an overlong one. */
export function wireTypeText(
  bytes: Uint8Array,
  field: Pick<WireField, 'wireType' | 'valueStart' | 'end' | 'isCut'>,
): string {
  switch (field.wireType) {
    case wireTypes.varint: {
      const isLonger = !field.isCut && excessBytes(bytes, { start: field.valueStart, end: field.end }) > 0
      return isLonger ? `varint of ${field.end - field.valueStart} bytes` : 'varint'
    }
    case wireTypes.fixed64:
      return '64-bit'
    case wireTypes.fixed32:
      return '32-bit'
    case wireTypes.lengthDelimited:
      return 'length-delimited'
    default:
      return 'group'
  }
}

/** Every meaning of a number of unknown type, and the plain unsigned number. */
export function numberReadings(bytes: Uint8Array, field: WireField): { value: string; exact: string } {
  if (field.wireType === wireTypes.varint) {
    const varint = readVarint(bytes, field.valueStart, field.end)?.value ?? 0n
    const signed = BigInt.asIntN(64, varint)
    const readings = [`${varint}`]
    if (signed < 0n) readings.push(`signed ${signed}`)
    readings.push(`zigzag ${fromZigzag(varint)}`)
    if (varint < 2n) readings.push(`bool ${varint === 1n}`)
    return { value: readings.join(' · '), exact: String(varint) }
  }
  const [unsigned, signed, float] = fixedReadings(bytes, field.valueStart, field.end)
  const readings = [unsigned, ...(signed === unsigned ? [] : [`signed ${signed}`]), `float ${float}`]
  return { value: readings.join(' · '), exact: unsigned }
}

/** What the content of a length-delimited field could be, other than a message. */
export function contentReadings(bytes: Uint8Array, { contentStart: start, contentEnd: end }: WireField): TreeNode[] {
  const content = bytes.subarray(start, end)
  const text = printableText(content)
  const nodes: TreeNode[] = [
    { key: 'bytes', type: 'bytes', value: bytesText(content), start, end, exact: compactHex(content) },
  ]
  if (text !== undefined) {
    nodes.push({ key: 'text', type: 'string', value: JSON.stringify(text), start, end, exact: text })
  }
  const packed = (key: string, type: string, value: string) => nodes.push({ key, type, value, start, end, exact: null })
  const varints = packedVarints(content)
  if (varints !== undefined) packed('varints', 'packed varint', varints)
  if (content.length % 4 === 0) packed('32-bit', 'packed 32-bit', packedFixed(bytes, start, end, 4))
  if (content.length % 8 === 0) packed('64-bit', 'packed 64-bit', packedFixed(bytes, start, end, 8))
  return nodes
}

function fixedReadings(bytes: Uint8Array, valueStart: number, end: number): [string, string, string] {
  const place = { valueStart, end }
  const isSmall = end - valueStart === 4
  const float = isSmall ? 'float' : 'double'
  return [
    String(readNumber(bytes, place, isSmall ? 'fixed32' : 'fixed64')),
    String(readNumber(bytes, place, isSmall ? 'sfixed32' : 'sfixed64')),
    numberText(readNumber(bytes, place, float), float),
  ]
}

/** The varints that fill the content exactly; undefined otherwise. */
function packedVarints(content: Uint8Array): string | undefined {
  const shown: string[] = []
  let count = 0
  let start = 0
  for (let index = 0; index < content.length; index += 1) {
    if (index - start >= 10) return undefined
    if ((content[index] ?? 0) >= 0x80) continue
    if (count < maximumPacked) shown.push(String(readVarint(content, start, index + 1)?.value))
    count += 1
    start = index + 1
  }
  return start === content.length ? listText(shown, count) : undefined
}

function packedFixed(bytes: Uint8Array, start: number, end: number, size: 4 | 8): string {
  const count = (end - start) / size
  const shown = Array.from({ length: Math.min(count, maximumPacked) }, (_, index) => {
    const [unsigned, , float] = fixedReadings(bytes, start + index * size, start + (index + 1) * size)
    return `${unsigned} (float ${float})`
  })
  return listText(shown, count)
}

function listText(shown: readonly string[], count: number): string {
  return shown.length < count ? `${shown.join(', ')}, … ${count} in all` : shown.join(', ')
}
