import type { Entry, Item } from './items.ts'
import { resolved } from './items.ts'
import type { PickleMachine } from './machine.ts'
import { latin1Text } from './python-text.ts'
import { bytesOfLiteral, textOfEscapes, textOfPython2, textOfUtf8 } from './strings.ts'

/** What an opcode does with the machine, which is behind its byte. */
type Execute = (machine: PickleMachine) => void

export interface Opcode {
  /** As Python's pickletools calls it. */
  readonly name: string
  readonly execute: Execute
}

const highestProtocol = 5
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const wordFloats: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
])

/** All opcodes of protocols 0 to 5 by their byte, but STOP, which ends the pickle. */
export const opcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>(
  (
    [
      // Integers
      ['I', 'INT', intLine],
      ['J', 'BININT', (machine) => machine.push({ kind: 'int', value: machine.int32() })],
      ['K', 'BININT1', (machine) => machine.push({ kind: 'int', value: machine.uint8() })],
      ['M', 'BININT2', (machine) => machine.push({ kind: 'int', value: machine.uint16() })],
      ['L', 'LONG', longLine],
      ['\x8a', 'LONG1', (machine) => machine.push({ kind: 'int', value: machine.long(machine.uint8()) })],
      ['\x8b', 'LONG4', (machine) => machine.push({ kind: 'int', value: machine.long(machine.size32()) })],
      // Other numbers and constants
      ['F', 'FLOAT', floatLine],
      ['G', 'BINFLOAT', (machine) => machine.push({ kind: 'float', value: machine.float64() })],
      ['N', 'NONE', (machine) => machine.push({ kind: 'constant', value: null })],
      ['\x88', 'NEWTRUE', (machine) => machine.push({ kind: 'constant', value: true })],
      ['\x89', 'NEWFALSE', (machine) => machine.push({ kind: 'constant', value: false })],
      // Strings
      ['S', 'STRING', stringLine],
      ['T', 'BINSTRING', (machine) => machine.push(textOfPython2(machine.take(machine.size32())))],
      ['U', 'SHORT_BINSTRING', (machine) => machine.push(textOfPython2(machine.take(machine.uint8())))],
      ['V', 'UNICODE', (machine) => machine.push(textOfEscapes(machine.line()))],
      ['X', 'BINUNICODE', (machine) => machine.push(textOfUtf8(machine.take(machine.uint32())))],
      ['\x8c', 'SHORT_BINUNICODE', (machine) => machine.push(textOfUtf8(machine.take(machine.uint8())))],
      ['\x8d', 'BINUNICODE8', (machine) => machine.push(textOfUtf8(machine.take(machine.uint64())))],
      ['B', 'BINBYTES', (machine) => machine.push({ kind: 'bytes', bytes: machine.take(machine.uint32()) })],
      ['C', 'SHORT_BINBYTES', (machine) => machine.push({ kind: 'bytes', bytes: machine.take(machine.uint8()) })],
      ['\x8e', 'BINBYTES8', (machine) => machine.push({ kind: 'bytes', bytes: machine.take(machine.uint64()) })],
      ['\x96', 'BYTEARRAY8', (machine) => machine.push({ kind: 'bytearray', bytes: machine.take(machine.uint64()) })],
      // Buffers that were sent beside the pickle
      ['\x97', 'NEXT_BUFFER', (machine) => machine.push({ kind: 'buffer', isReadOnly: false })],
      ['\x98', 'READONLY_BUFFER', readOnly],
      // Lists, tuples, sets and dicts
      [']', 'EMPTY_LIST', (machine) => machine.push({ kind: 'list', items: [] })],
      ['l', 'LIST', (machine) => sequence(machine, 'list')],
      ['a', 'APPEND', (machine) => machine.addItems('list', [machine.pop()])],
      ['e', 'APPENDS', (machine) => machine.addItems('list', machine.popToMark().items)],
      [')', 'EMPTY_TUPLE', (machine) => machine.push({ kind: 'tuple', items: [] })],
      ['t', 'TUPLE', (machine) => sequence(machine, 'tuple')],
      ['\x85', 'TUPLE1', (machine) => tuple(machine, 1)],
      ['\x86', 'TUPLE2', (machine) => tuple(machine, 2)],
      ['\x87', 'TUPLE3', (machine) => tuple(machine, 3)],
      ['\x8f', 'EMPTY_SET', (machine) => machine.push({ kind: 'set', items: [] })],
      ['\x90', 'ADDITEMS', (machine) => machine.addItems('set', machine.popToMark().items)],
      ['\x91', 'FROZENSET', (machine) => sequence(machine, 'frozenset')],
      ['}', 'EMPTY_DICT', (machine) => machine.push({ kind: 'dict', entries: [] })],
      ['d', 'DICT', dict],
      ['s', 'SETITEM', setItem],
      ['u', 'SETITEMS', (machine) => machine.addEntries(entries(machine, machine.popToMark().items))],
      // The stack
      ['(', 'MARK', (machine) => machine.mark()],
      ['0', 'POP', pop],
      ['1', 'POP_MARK', popMark],
      ['2', 'DUP', (machine) => machine.push({ kind: 'reference', target: resolved(machine.top()) })],
      // The memo
      ['p', 'PUT', (machine) => machine.remember(machine.digits())],
      ['q', 'BINPUT', (machine) => machine.remember(machine.uint8())],
      ['r', 'LONG_BINPUT', (machine) => machine.remember(machine.uint32())],
      ['\x94', 'MEMOIZE', (machine) => machine.remember(machine.memo.size)],
      ['g', 'GET', (machine) => machine.recall(machine.digits())],
      ['h', 'BINGET', (machine) => machine.recall(machine.uint8())],
      ['j', 'LONG_BINGET', (machine) => machine.recall(machine.uint32())],
      // What is looked up when it is unpickled
      ['c', 'GLOBAL', (machine) => machine.push({ kind: 'global', module: machine.name(), name: machine.name() })],
      ['\x93', 'STACK_GLOBAL', stackGlobal],
      ['\x82', 'EXT1', (machine) => machine.push({ kind: 'extension', code: machine.uint8() })],
      ['\x83', 'EXT2', (machine) => machine.push({ kind: 'extension', code: machine.uint16() })],
      ['\x84', 'EXT4', (machine) => machine.push({ kind: 'extension', code: machine.int32() })],
      ['P', 'PERSID', (machine) => machine.push({ kind: 'persistent', id: machine.lineText() })],
      ['Q', 'BINPERSID', persistent],
      // What is called when it is unpickled
      ['R', 'REDUCE', (machine) => callTop(machine, false, false)],
      ['\x81', 'NEWOBJ', (machine) => callTop(machine, true, false)],
      ['\x92', 'NEWOBJ_EX', (machine) => callTop(machine, true, true)],
      ['i', 'INST', instance],
      ['o', 'OBJ', object],
      ['b', 'BUILD', build],
      // The pickle itself
      ['\x80', 'PROTO', protocol],
      ['\x95', 'FRAME', (machine) => machine.frame(machine.uint64())],
    ] satisfies [string, string, (machine: PickleMachine) => unknown][]
  ).map(([code, name, execute]) => [code.charCodeAt(0), { name, execute }]),
)

/** Protocol 0 writes True as 01 and False as 00. */
function intLine(machine: PickleMachine): void {
  const text = latin1Text(machine.bytes.subarray(machine.offset, machine.offset + 3))
  if (text === '00\n' || text === '01\n') {
    machine.line()
    machine.push({ kind: 'constant', value: text === '01\n' })
  } else {
    machine.push({ kind: 'int', value: machine.digits() })
  }
}

function longLine(machine: PickleMachine): void {
  machine.push({ kind: 'int', value: machine.digits('L') })
}

function floatLine(machine: PickleMachine): void {
  const text = latin1Text(machine.line()).trim()
  const value = decimal.test(text) ? Number(text) : wordFloats.get(text.toLowerCase())
  if (value === undefined) throw machine.fault('has no float on its line')
  machine.push({ kind: 'float', value })
}

function stringLine(machine: PickleMachine): void {
  const bytes = bytesOfLiteral(machine.line())
  if (!bytes) throw machine.fault('has no string in quotes on its line')
  machine.push(textOfPython2(bytes))
}

/** Only a buffer can become read-only; what it is made of does not change. */
function readOnly(machine: PickleMachine): void {
  const item = machine.pop()
  if (item.kind !== 'buffer' || item.parts) throw machine.fault(`needs a buffer, not a ${item.kind}`)
  machine.push({ kind: 'buffer', isReadOnly: true }, [], item.start)
}

function entries(machine: PickleMachine, values: readonly Item[]): Entry[] {
  if (values.length % 2 === 1) throw machine.fault('has a key without a value')
  const pairs: Entry[] = []
  for (let index = 0; index < values.length; index += 2) {
    const [key, value] = [values[index], values[index + 1]]
    if (key && value) pairs.push({ key, value })
  }
  return pairs
}

function sequence(machine: PickleMachine, kind: 'list' | 'tuple' | 'frozenset'): void {
  const { items: values, start } = machine.popToMark()
  machine.push({ kind, items: values }, values, start)
}

function tuple(machine: PickleMachine, count: number): void {
  const values = Array.from({ length: count }, () => machine.pop()).reverse()
  machine.push({ kind: 'tuple', items: values }, values)
}

function dict(machine: PickleMachine): void {
  const { items: values, start } = machine.popToMark()
  machine.push({ kind: 'dict', entries: entries(machine, values) }, values, start)
}

function setItem(machine: PickleMachine): void {
  const value = machine.pop()
  const key = machine.pop()
  machine.addEntries([{ key, value }])
}

/** Takes a value off, or the mark where there is none above it. */
function pop(machine: PickleMachine): void {
  if (machine.marks.at(-1)?.height === machine.stack.length) machine.marks.pop()
  else machine.drop(machine.pop())
}

function popMark(machine: PickleMachine): void {
  for (const item of machine.popToMark().items) machine.drop(item)
}

function stackGlobal(machine: PickleMachine): void {
  const name = machine.pop()
  const module = machine.pop()
  machine.push({ kind: 'global', module: nameOf(machine, module), name: nameOf(machine, name) }, [], module.start)
}

function nameOf(machine: PickleMachine, item: Item): string {
  const value = resolved(item)
  if (value.kind === 'str' && value.text !== undefined && !item.calls) return machine.checkedName(value.text)
  throw machine.fault('needs the names of a module and of something in it')
}

function persistent(machine: PickleMachine): void {
  const id = machine.pop()
  machine.push({ kind: 'persistent', id }, [id])
}

/** Calls what is below its arguments on the stack. */
function callTop(machine: PickleMachine, isNew: boolean, hasKeywords: boolean): void {
  const keywords = hasKeywords ? machine.pop() : undefined
  const args = machine.pop()
  if (resolved(args).kind !== 'tuple') throw machine.fault('needs a tuple of arguments')
  const callable = machine.pop()
  const parts = keywords ? [callable, args, keywords] : [callable, args]
  machine.push({ kind: 'call', isNew, callable, args, keywords }, parts)
}

/** Calls a class named after its arguments, which are above the mark. */
function instance(machine: PickleMachine): void {
  const [module, name] = [machine.name(), machine.name()]
  const { items: values, start } = machine.popToMark()
  const args = machine.aside({ kind: 'tuple', items: values }, values, start)
  const callable = machine.aside({ kind: 'global', module, name }, [], machine.opcodeStart)
  machine.push({ kind: 'call', isNew: false, callable, args, keywords: undefined }, [args, callable], start)
}

/** Calls a class that is above the mark, before its arguments. */
function object(machine: PickleMachine): void {
  const { items: values, start } = machine.popToMark()
  const [callable, ...rest] = values
  if (!callable) throw machine.fault('has no class above the mark')
  const args = machine.aside({ kind: 'tuple', items: rest }, rest, rest[0]?.start ?? machine.opcodeStart)
  machine.push({ kind: 'call', isNew: false, callable, args, keywords: undefined }, [callable, args], start)
}

function build(machine: PickleMachine): void {
  machine.addState(machine.pop())
}

function protocol(machine: PickleMachine): void {
  const version = machine.uint8()
  if (version > highestProtocol) throw machine.fault(`is of protocol ${version}: the highest known is 5`)
}
