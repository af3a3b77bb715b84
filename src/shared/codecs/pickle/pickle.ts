import { CodecError, type Reading, type TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from '../wire/count.ts'
import { emptyFrame, leftOverNode, leftOverRoot, nodeOf } from '../wire/node.ts'
import type { Item } from './items.ts'
import { PickleMachine } from './machine.ts'
import { opcodes } from './opcodes.ts'
import { itemLine } from './text.ts'
import { pickleTree } from './tree.ts'
import { unfinishedTree } from './unfinished.ts'

const stop = '.'.charCodeAt(0)
const protocolCode = 0x80

/** The values of a pickle. */
interface Pickle {
  /** What unpickling gives: the last value on the stack. Absent when there is a fault. */
  readonly value: Item | undefined
  /** All other values, in the order of their bytes. */
  readonly others: readonly Item[]
  readonly fault: CodecError | undefined
  readonly machine: PickleMachine
}

/**
 * The structure of a frame that Python's pickle made (protocols 0 to 5). Nothing of it is executed: what unpickling
 * would call or import is shown. Never throws because of what the bytes hold.
 */
export function readPickle(bytes: Uint8Array): Reading {
  if (bytes.length === 0) return { root: undefined, fault: emptyFrame() }
  const { value, others, fault, machine } = run(bytes)
  if (!value) return { root: unfinishedTree(machine), fault }
  const root = wholeRoot(value, others, machine.offset)
  const rest = bytes.subarray(machine.offset)
  if (rest.length === 0) return { root, fault }
  const digits = compactHex(rest)
  const leftOver = leftOverNode({ start: machine.offset, end: bytes.length }, `h'${digits}'`, digits, {})
  return { root: leftOverRoot(root, leftOver), fault }
}

/**
 * The value about as Python writes it, such as `{'n': 5}`, with calls as `module.name(arguments)`; truncated with `…`.
 * Throws `CodecError` ('decode-failed') for what is not one whole pickle.
 */
export function pickleText(bytes: Uint8Array, maximumCharacters = Number.POSITIVE_INFINITY): string {
  if (bytes.length === 0) throw emptyFrame()
  const { value, others, fault } = run(bytes)
  if (!value || fault) throw fault ?? emptyFrame()
  const calls = others
    .filter((item) => item.calls)
    .map((item) => `<taken off the stack: ${itemLine(item, maximumCharacters)}> `)
  const text = calls.join('') + itemLine(value, maximumCharacters)
  return text.length > maximumCharacters ? `${text.slice(0, Math.max(0, maximumCharacters - 1))}…` : text
}

/**
 * Whether the bytes are so certainly a pickle that they can be offered as one. Plain text can be a pickle of protocol
 * 0, which has no beginning of its own: that one must hold a container or text, stored as Python always stores them.
 */
export function looksLikePickle(bytes: Uint8Array): boolean {
  if (bytes.length < 2 || bytes.at(-1) !== stop) return false
  const hasProtocol = bytes[0] === protocolCode
  if (hasProtocol && (bytes[1] ?? 0) < 2) return false
  if (!hasProtocol && !opcodes.has(bytes[0] ?? 0)) return false
  const { value, fault, machine } = run(bytes)
  if (!value || fault) return false
  // Python numbers what it remembers from 0 on, and the fast one of Python 2 from 1 on.
  const isNumbered = machine.memo.has(0) || machine.memo.has(1)
  return hasProtocol || (isNumbered && (value.kind === 'call' || value.kind === 'str' || isContainer(value)))
}

function isContainer({ kind }: Item): boolean {
  return kind === 'list' || kind === 'tuple' || kind === 'dict'
}

/** Executes the opcodes on a machine that calls nothing, up to the end or the first fault. */
function run(bytes: Uint8Array): Pickle {
  const machine = new PickleMachine(bytes)
  try {
    const value = execute(machine)
    const others = [...machine.stack, ...machine.dropped].sort((one, other) => one.start - other.start)
    const left = bytes.length - machine.offset
    const message = `The pickle ends at byte ${machine.offset}, with ${countOf(left, 'byte')} left over`
    const leftOver = left > 0 ? new CodecError('decode-failed', message, machine.offset, left) : undefined
    const fault = machine.frameFault ?? leftOver
    return { value, others, fault, machine }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    return { value: undefined, others: [], fault: error, machine }
  }
}

function execute(machine: PickleMachine): Item {
  const { bytes } = machine
  while (machine.offset < bytes.length) {
    const code = machine.begin()
    if (code === stop) {
      machine.opcodeName = 'STOP'
      return machine.pop()
    }
    const opcode = opcodes.get(code)
    if (!opcode) throw unknownOpcode(machine.opcodeStart, code)
    machine.opcodeName = opcode.name
    opcode.execute(machine)
  }
  machine.opcodeStart = machine.offset
  throw machine.cut('the pickle has no end (a full stop)')
}

function unknownOpcode(offset: number, code: number): CodecError {
  const shown = code.toString(16).padStart(2, '0')
  return new CodecError('decode-failed', `Byte ${offset} is ${shown}, which is no opcode of a pickle`, offset)
}

/** The value alone, or with those that are on the stack or were dropped beside it. */
function wholeRoot(value: Item, others: readonly Item[], end: number): TreeNode {
  if (others.length === 0) return pickleTree(value)
  const items = [...others, value].sort((one, other) => one.start - other.start)
  const children = items.map((item) => {
    const node = pickleTree(item)
    return item === value
      ? node
      : { ...node, note: node.note === undefined ? 'not part of the value' : `${node.note}, not part of the value` }
  })
  return nodeOf(
    'pickle',
    `1 value, ${others.length} more on the stack`,
    null,
    { start: 0, end },
    {},
    undefined,
    children,
  )
}
