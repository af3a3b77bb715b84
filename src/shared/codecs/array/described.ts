import { z } from '../../schema.ts'
import { decodeUtf8 } from '../../utf8.ts'
import { arrayWords } from '../numpy.ts'
import { type ArrayForm, type ElementType, elements, elementTypes, maximumColumns } from './elements.ts'

/** An array as the frame before it describes it. */
export interface DescribedArray {
  readonly form: ArrayForm
  /** Such as `float64, shape 2 × 3`. */
  readonly words: string
}

/** A longer frame describes more than an array. */
const longestDescription = 4096

/** What programs on pyzmq send before an array: https://pyzmq.readthedocs.io/en/latest/howto/serialization.html */
const descriptionSchema = z.looseObject({
  dtype: z.string().max(40),
  shape: z.array(z.number().int().min(0)).max(32),
})

/** numpy's letters for kinds of number, with what one is read as; a complex number is two floats. */
const kinds: Readonly<Record<string, { readonly name: string; readonly parts: number }>> = {
  i: { name: 'int', parts: 1 },
  u: { name: 'uint', parts: 1 },
  f: { name: 'float', parts: 1 },
  c: { name: 'float', parts: 2 },
}

interface Numbers {
  readonly type: ElementType
  readonly littleEndian: boolean
  /** Numbers that make one element. */
  readonly parts: number
}

/** The numbers of a numpy type, by its name (`float64`) or its string (`<f8`); undefined for other types. */
function numbersOf(dtype: string): Numbers | undefined {
  if (/^([<>|=]?b1|bool)$/.test(dtype)) return { type: 'uint8', littleEndian: true, parts: 1 }
  const [, order = '', letter = '', size = ''] = /^([<>|=]?)([iufc])(\d{1,2})$/.exec(dtype) ?? []
  const [, word = '', bits = ''] = /^(int|uint|float|complex)(\d{1,3})$/.exec(dtype) ?? []
  const kind = kinds[letter || (word === 'complex' ? 'c' : word.charAt(0))]
  if (!kind) return undefined
  const partBits = (size ? Number(size) * 8 : Number(bits)) / kind.parts
  const type = elementTypes.find((each) => each === `${kind.name}${partBits}`)
  return type && { type, littleEndian: order !== '>', parts: kind.parts }
}

function jsonOf(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes)
  if (text === undefined || !/^\s*\{/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}

/** The array of `size` bytes that the frame before it describes; null when it describes none of this size. */
export function describedArray(before: Uint8Array | undefined, size: number): DescribedArray | null {
  if (!before || before.length > longestDescription) return null
  const { data } = descriptionSchema.safeParse(jsonOf(before))
  const numbers = data && numbersOf(data.dtype)
  if (!data || !numbers || size === 0) return null
  const { type, littleEndian, parts } = numbers
  const wanted = data.shape.reduce((total, length) => total * length, elements[type].size * parts)
  if (wanted !== size) return null
  const columns = (data.shape.length > 1 ? (data.shape.at(-1) ?? 1) : 1) * parts
  const form = { type, littleEndian, columns: Math.min(maximumColumns, columns) }
  return { form, words: arrayWords(data.dtype, data.shape) }
}
