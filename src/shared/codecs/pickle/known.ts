import { countOf } from '../wire/count.ts'
import { arrayValue, bufferArray, dtypeText, reconstructedArray } from './arrays.ts'
import { argumentsOf, type CallItem, type Item, type OpaqueItem, resolved, statesOf } from './items.ts'
import { canonicalName } from './names.ts'
import { floatDigits, intDigits, quotedBytes } from './python-text.ts'
import { date, dateTime, duration, timeOfDay, timeZone, zoneName } from './times.ts'
import { bytesOf, encodedBytes, integerOf, isRepeated, itemsOf, textOf } from './values.ts'

/** What a call makes, in words: the type and the value. `literal` is how Python writes the value, if that is shorter. */
export interface Meaning {
  readonly type: string
  readonly text: string
  readonly literal?: string
}

type Call = Item & CallItem & OpaqueItem
type Means = (args: readonly Item[], call: Call) => Meaning | undefined

/** A value that its text describes. */
const as =
  (type: string, textOfValue: (args: readonly Item[], call: Call) => string | undefined): Means =>
  (args, call) => {
    const text = textOfValue(args, call)
    return text === undefined ? undefined : { type, text, literal: `<${type} ${text}>` }
  }

/** A container that gets its content by further opcodes. */
const containing =
  (type: string, thing: 'item' | 'entry'): Means =>
  (_, { parts = [] }) => ({
    type,
    text: countOf(parts.filter(({ role }) => role === thing).length, thing),
  })

/** A container of what its only argument holds. */
const containerOf =
  (type: string): Means =>
  ([argument]) => {
    const value = argument && resolved(argument)
    if (value?.kind === 'dict') return { type, text: countOf(value.entries.length, 'entry') }
    const items = value && itemsOf(value)
    return items && { type, text: countOf(items.length, 'item') }
  }

/** Most characters of a part of a path: file systems have at most 255. */
const longestPart = 255

const path =
  (separator: string): Means =>
  (args) => {
    const parts = args.map((arg) => textOf(arg))
    if (parts.some((part) => part === undefined || part.length > longestPart)) return undefined
    const text = parts.join(separator).replace(separator.repeat(2), separator)
    return { type: 'path', text: text === '' ? '.' : text }
  }

const bytesLike =
  (type: string, bytesOfArgs: (args: readonly Item[]) => Uint8Array | undefined): Means =>
  (args) => {
    const bytes = bytesOfArgs(args)
    if (!bytes) return undefined
    const text = quotedBytes(bytes)
    return { type, text, literal: type === 'bytes' ? text : `${type}(${text})` }
  }

/** Calls that make plain values, by the name of what is called. Anything else is shown as the call that it is. */
const known: ReadonlyMap<string, Means> = new Map<string, Means>([
  ['_codecs.encode', bytesLike('bytes', encodedBytes)],
  ['builtins.bytes', bytesLike('bytes', (args) => (args.length === 0 ? new Uint8Array() : undefined))],
  ['builtins.bytearray', bytesLike('bytearray', ([bytes]) => (bytes ? ownBytes(bytes) : new Uint8Array()))],
  ['builtins.set', containerOf('set')],
  ['builtins.frozenset', containerOf('frozenset')],
  ['builtins.complex', as('complex', complex)],
  ['builtins.range', as('range', numbers)],
  ['builtins.xrange', as('range', numbers)],
  ['builtins.slice', as('slice', numbers)],
  ['collections.OrderedDict', containing('OrderedDict', 'entry')],
  ['collections.defaultdict', containing('defaultdict', 'entry')],
  ['collections.Counter', containerOf('Counter')],
  ['collections.deque', containing('deque', 'item')],
  ['datetime.date', as('date', date)],
  ['datetime.datetime', as('datetime', dateTime)],
  ['datetime.time', as('time', timeOfDay)],
  ['datetime.timedelta', as('timedelta', duration)],
  ['datetime.timezone', as('timezone', timeZone)],
  ['zoneinfo.ZoneInfo._unpickle', as('ZoneInfo', zoneName)],
  ['decimal.Decimal', as('Decimal', ([text]) => text && number(textOf(text)))],
  ['fractions.Fraction', as('Fraction', fraction)],
  ['uuid.UUID', as('UUID', uuid)],
  ['pathlib.PurePosixPath', path('/')],
  ['pathlib.PosixPath', path('/')],
  ['pathlib.PureWindowsPath', path('\\')],
  ['pathlib.WindowsPath', path('\\')],
  ['numpy.dtype', as('numpy dtype', (_, call) => dtypeText(call))],
  ['numpy._core.multiarray._reconstruct', as('numpy array', (_, call) => reconstructedArray(call))],
  ['numpy._core.numeric._frombuffer', as('numpy array', (_, call) => bufferArray(call))],
  ['numpy._core.multiarray.scalar', as('numpy value', (_, call) => arrayValue(call))],
])

/** No known call has more, but for the parts of a path. */
const mostArguments = 100

/** Meanings by their calls: each is asked for by the tree, by its text and by the calls around it. */
const meanings = new WeakMap<Call, Meaning | undefined>()

/** What a call makes, if it is known and its arguments are as Python writes them. */
export function meaningOf(call: Call): Meaning | undefined {
  if (meanings.has(call)) return meanings.get(call)
  const { name, args } = called(call)
  const meaning = args.length > mostArguments ? undefined : known.get(name ?? '')?.(args, call)
  meanings.set(call, meaning)
  return meaning
}

function ownBytes(item: Item): Uint8Array | undefined {
  const bytes = bytesOf(item)
  return bytes && !isRepeated(item, bytes.length) ? bytes : undefined
}

/** Whether a call makes a plain value, so that nothing of the program is run for it. */
export function isHarmless(call: CallItem): boolean {
  return known.has(called(call).name ?? '') || canonicalName(call.callable) === 'builtins.getattr'
}

/** What is called with what: protocols 0 and 1 make objects by a function that gets the class. */
function called(call: CallItem): { readonly name: string | undefined; readonly args: readonly Item[] } {
  const made = classMade(call)
  return made
    ? { name: canonicalName(made), args: [] }
    : { name: canonicalName(call.callable), args: argumentsOf(call) }
}

/** The class of which `copyreg._reconstructor(class, object, None)` makes an object. */
export function classMade(call: CallItem): Item | undefined {
  if (call.args.calls || canonicalName(call.callable) !== 'copyreg._reconstructor') return undefined
  const [made, base, state] = argumentsOf(call)
  if (!made || !base || canonicalName(base) !== 'builtins.object') return undefined
  return state && resolved(state).kind === 'constant' ? made : undefined
}

/** Most characters of a number in a text. */
const longestNumber = 5000

const number = (text: string | undefined): string | undefined =>
  text !== undefined && text.length <= longestNumber && /^[-+\w./]+$/.test(text) ? text : undefined

function digitsOf(item: Item): string | undefined {
  const integer = integerOf(item)
  return integer === undefined ? undefined : intDigits(integer)
}

/** Integers, and None for what is left out. */
function numbers(args: readonly Item[]): string | undefined {
  const texts = args.map((arg) => (resolved(arg).kind === 'constant' ? 'None' : digitsOf(arg)))
  return args.length > 0 && args.length < 4 && !texts.includes(undefined) ? texts.join(', ') : undefined
}

function complex(args: readonly Item[]): string | undefined {
  const [real, imaginary] = args.map((arg) => resolved(arg))
  if (real?.kind !== 'float' || imaginary?.kind !== 'float') return undefined
  const sign = imaginary.value < 0 || Object.is(imaginary.value, -0) ? '' : '+'
  return `${floatDigits(real.value)}${sign}${floatDigits(imaginary.value)}j`
}

/** `Fraction('1/3')` or `Fraction(1, 3)` */
function fraction(args: readonly Item[]): string | undefined {
  const [numerator, denominator] = args
  if (numerator && !denominator) return number(textOf(numerator))
  const parts = args.map((arg) => digitsOf(arg))
  return parts.length === 2 && !parts.includes(undefined) ? parts.join('/') : undefined
}

/** A UUID has its integer in its state. */
function uuid(_: readonly Item[], call: Call): string | undefined {
  const [state] = statesOf(call)
  const value = state && resolved(state)
  const entry =
    value?.kind === 'dict' && value.entries.length <= 2
      ? value.entries.find(({ key }) => textOf(key) === 'int')
      : undefined
  const integer = entry && integerOf(entry.value)
  if (integer === undefined || integer < 0n || integer >= 1n << 128n) return undefined
  const digits = integer.toString(16).padStart(32, '0')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
