import { describedArray } from '../../shared/codecs/array/described.ts'
import { type ArrayForm, type ElementType, elements, NumberArray } from '../../shared/codecs/array/elements.ts'
import type { TreeNode } from '../../shared/codecs/codec.ts'
import { isListNode, scalarOf } from '../../shared/values/scalar.ts'
import type { Value } from '../../shared/values/value.ts'

/** All numbers of an array. */
export function numbersIn(bytes: Uint8Array, form: ArrayForm): Float64Array {
  const array = new NumberArray(bytes, form)
  const numbers = new Float64Array(array.count)
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = Number(array.at(index))
  return numbers
}

/** Tags 64 to 87 of CBOR, as RFC 8746 builds them: `010` f s e ll, for float, signed, little endian and size. */
function typedArrayForm(tag: number): ArrayForm | undefined {
  if (tag < 64 || tag > 87) return undefined
  const isFloat = (tag & 0x10) !== 0
  const bits = (8 << (tag & 0x03)) * (isFloat ? 2 : 1)
  const name = `${isFloat ? 'float' : tag & 0x08 ? 'int' : 'uint'}${bits}`
  const type = Object.keys(elements).find((each): each is ElementType => each === name)
  return type && { type, littleEndian: (tag & 0x04) !== 0, columns: 1 }
}

const bytesOfHex = (digits: string): Uint8Array => Buffer.from(digits, 'hex')

/** The numbers of a tag of CBOR whose content is bytes. `frame` is where the tree was read from. */
function numbersOfTag({ start, children = [] }: TreeNode, frame: Uint8Array): Float64Array | undefined {
  const [content] = children
  const form = frame[start] === 0xd8 ? typedArrayForm(frame[start + 1] ?? 0) : undefined
  if (!form || children.length !== 1 || typeof content?.exact !== 'string' || content.children) return undefined
  return content.value.startsWith("h'") ? numbersIn(bytesOfHex(content.exact), form) : undefined
}

const named = (nodes: readonly TreeNode[], name: string) =>
  nodes.find(({ key }) => key === name || key?.startsWith(`h'${Buffer.from(name).toString('hex')}'`))

/** The numbers of a map that the library msgpack-numpy writes. */
function numbersOfMap({ value, children = [] }: TreeNode): Float64Array | undefined {
  if (!value.startsWith('numpy array')) return undefined
  const data = named(children, 'data')?.exact
  const type = named(children, 'type')
  const shape = named(children, 'shape')?.children?.map(({ exact }) => Number(exact))
  if (typeof data !== 'string' || typeof type?.exact !== 'string' || !shape) return undefined
  const dtype = type.value.startsWith("h'") ? Buffer.from(type.exact, 'hex').toString('latin1') : type.exact
  const bytes = bytesOfHex(data)
  const described = describedArray(Buffer.from(JSON.stringify({ dtype, shape })), bytes.length)
  return described ? numbersIn(bytes, described.form) : undefined
}

/** The numbers of a list that has nothing else in it. */
function numbersOfList(children: readonly TreeNode[]): Float64Array | undefined {
  const numbers = new Float64Array(children.length)
  for (const [place, child] of children.entries()) {
    const value = child.children || child.note?.includes('cut short') ? undefined : scalarOf(child)
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
    numbers[place] = Number(value)
  }
  return numbers
}

/** The value of a node, and undefined for bytes and for a container that is no list of numbers. `frame` has the tree. */
export function valueOfNode(node: TreeNode, frame: Uint8Array): Value | undefined {
  const { children, exact, note } = node
  // The digits that are there are not the number.
  if (note?.includes('cut short')) return undefined
  if (!children) return scalarOf(node)
  const numbers = numbersOfTag(node, frame) ?? numbersOfMap(node)
  if (numbers) return numbers
  if (exact !== null) return scalarOf(node)
  if (children.length === 1 && children[0]?.key === undefined && children[0]) return valueOfNode(children[0], frame)
  return isListNode(node) ? numbersOfList(children) : undefined
}
