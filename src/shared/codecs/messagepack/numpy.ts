import { decodeUtf8 } from '../../utf8.ts'
import { arrayWords, elementType, hasWholeData } from '../numpy.ts'
import { simpleTrue } from '../wire/simple.ts'
import { textOf } from '../wire/text.ts'
import type { WireMap, WireValue } from '../wire/value.ts'

/** More entries than any of these maps has. */
const mostEntries = 8

/** What a map of the library msgpack-numpy stands for: an array, one value of it, or a complex number. */
export function numpyMeaning({ entries, cut }: WireMap): string | undefined {
  if (cut || entries.length < 2 || entries.length > mostEntries) return undefined
  const members = new Map<string | undefined, WireValue>(entries.map(({ key, value }) => [stringOf(key), value]))
  const data = members.get('data')
  if (isTrue(members.get('complex')) && data) return complexNumber(data)
  const nd = members.get('nd')
  const type = members.get('type')
  if (nd?.kind !== 'simple' || type === undefined || data?.kind !== 'bytes') return undefined
  const element = type.kind === 'array' ? { name: 'records', size: undefined } : elementType(stringOf(type) ?? '')
  if (!element) return undefined
  if (!isTrue(nd)) return `numpy value, ${element.name}`
  const shape = lengthsOf(members.get('shape'))
  if (!shape) return undefined
  const words = `numpy array, ${arrayWords(element.name, shape)}`
  return hasWholeData(element.size, shape, data.bytes.length)
    ? words
    : `${words}, but ${data.bytes.length} bytes of data`
}

function complexNumber(data: WireValue): string | undefined {
  const text = stringOf(data)
  return text === undefined || text.length > 100 ? undefined : `complex number ${text}`
}

/** Text, or bytes that are text: the library writes either, depending on its options. */
function stringOf(value: WireValue): string | undefined {
  if (value.kind === 'text') return textOf(value)
  return value.kind === 'bytes' && value.bytes.length <= 100 ? decodeUtf8(value.bytes) : undefined
}

const isTrue = (value: WireValue | undefined): boolean => value?.kind === 'simple' && value.value === simpleTrue

/** The lengths of an array's dimensions, of which numpy has at most 64. */
function lengthsOf(value: WireValue | undefined): readonly (number | bigint)[] | undefined {
  if (value?.kind !== 'array' || value.items.length > 64) return undefined
  const lengths = value.items.map((item) => (item.kind === 'integer' && item.value >= 0 ? item.value : undefined))
  return lengths.every((length) => length !== undefined) ? lengths : undefined
}
