/** The type of a numpy array's elements. */
export interface ElementType {
  /** As numpy calls it, such as `float64`. */
  readonly name: string
  /** Bytes of an element; undefined where they are not in the array's data. */
  readonly size: number | undefined
}

/** How numpy names a type of `size` bytes or characters, and how many bytes a unit of that size takes. */
interface Kind {
  readonly name: (size: number, unit: string) => string
  readonly unitBytes: number | undefined
}

const inBits = (name: string): Kind => ({ name: (size) => `${name}${size * 8}`, unitBytes: 1 })
const inUnits = (name: string): Kind => ({ name: (_, unit) => `${name}${unit}`, unitBytes: 1 })

/** By the letter in a type string. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['b', { name: (size) => (size === 1 ? 'bool' : `bool${size * 8}`), unitBytes: 1 }],
  ['i', inBits('int')],
  ['u', inBits('uint')],
  ['f', inBits('float')],
  ['c', inBits('complex')],
  ['m', inUnits('timedelta64')],
  ['M', inUnits('datetime64')],
  ['S', { name: (size) => `bytes of ${size}`, unitBytes: 1 }],
  ['U', { name: (size) => `text of ${size}`, unitBytes: 4 }],
  ['V', { name: (size) => `${size} bytes each`, unitBytes: 1 }],
  ['O', { name: () => 'objects', unitBytes: undefined }],
])

const typeString = /^([<>|=]?)([biufcmMSUVO])(\d{1,9})?(\[\w+\])?$/

/** The element type of a numpy type string such as `<f8`; undefined when it is none. */
export function elementType(text: string): ElementType | undefined {
  const [, order, letter = '', digits = letter === 'O' ? '8' : undefined, unit = ''] = typeString.exec(text) ?? []
  const kind = kinds.get(letter)
  if (!kind || digits === undefined) return undefined
  const size = Number(digits)
  const name = kind.name(size, unit)
  return {
    name: order === '>' ? `${name}, big endian` : name,
    size: kind.unitBytes === undefined ? undefined : size * kind.unitBytes,
  }
}

/** An array in words, such as `float64, shape 2 × 3`. */
export function arrayWords(type: string, shape: readonly (number | bigint)[]): string {
  return `${type}, shape ${shape.length === 0 ? '()' : shape.join(' × ')}`
}

/** Whether the data is as long as its type and shape need. */
export function hasWholeData(
  size: number | undefined,
  shape: readonly (number | bigint)[],
  dataBytes: number,
): boolean {
  return size === undefined || shape.reduce<number>((total, length) => total * Number(length), size) === dataBytes
}
