import { arrayWords, elementType, hasWholeData } from '../numpy.ts'
import { argumentsOf, type Item, resolved, statesOf } from './items.ts'
import { bytesOf, callOf, integerOf, itemsOf, textOf } from './values.ts'

/** numpy has at most so many dimensions. */
const mostDimensions = 64

/** Most characters of a type string. */
const longestType = 100

/** `numpy.dtype('f8', …)` with the state that has its byte order, as a type string. */
function typeString(item: Item | undefined): string | undefined {
  const value = item && resolved(item)
  const [letters] = (value && callOf(value, 'numpy.dtype')) ?? []
  const text = letters && textOf(letters)
  if (value?.kind !== 'call' || text === undefined || text.length > longestType) return undefined
  const [state] = statesOf(value)
  const order = state && itemsOf(state)?.[1]
  const mark = order ? (textOf(order) ?? '') : ''
  return mark.length > 1 ? undefined : mark + text
}

const elementOf = (item: Item | undefined) => elementType(typeString(item) ?? '')

/** The element type of a dtype. */
export function dtypeText(value: Item): string | undefined {
  return elementOf(value)?.name
}

function arrayText(type: Item | undefined, shape: Item | undefined, data: Item | undefined): string | undefined {
  const element = elementOf(type)
  const dimensions = shape && itemsOf(shape)
  if (!element || !dimensions || dimensions.length > mostDimensions) return undefined
  const lengths = dimensions.map(integerOf)
  const known = lengths.flatMap((length) =>
    length === undefined || length < 0n || length >= 1n << 63n ? [] : [length],
  )
  if (known.length !== lengths.length) return undefined
  const bytes = data && bytesOf(data)
  const words = arrayWords(element.name, known)
  if (!bytes || hasWholeData(element.size, known, bytes.length)) return words
  return `${words}, but ${bytes.length} bytes of data`
}

/** `numpy._core.multiarray._reconstruct(…)` with the state (version, shape, type, order, data). */
export function reconstructedArray(value: Item): string | undefined {
  const [state] = value.kind === 'call' ? statesOf(value) : []
  const [, shape, type, , data] = (state && itemsOf(state)) ?? []
  return arrayText(type, shape, data)
}

/** `numpy._core.numeric._frombuffer(data, type, shape, order)` */
export function bufferArray(value: Item): string | undefined {
  const [data, type, shape] = value.kind === 'call' ? argumentsOf(value) : []
  return arrayText(type, shape, data)
}

/** `numpy._core.multiarray.scalar(type, bytes)` */
export function arrayValue(value: Item): string | undefined {
  const [type] = value.kind === 'call' ? argumentsOf(value) : []
  return elementOf(type)?.name
}
