import { CodecError, type TreeNode } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from '../wire/count.ts'
import { nodeOf } from '../wire/node.ts'
import type { Entry, Item } from './items.ts'
import type { PickleMachine } from './machine.ts'
import { pickleTree } from './tree.ts'

/** What a pickle held before its first fault; undefined when that is nothing. */
export function unfinishedTree(machine: PickleMachine): TreeNode | undefined {
  const { bytes, opcodeStart } = machine
  // The opcode with the fault is not part of what was read.
  machine.offset = opcodeStart
  closeAll(machine)
  const items = [...machine.stack, ...machine.dropped].sort((one, other) => one.start - other.start)
  if (items.length === 0) return undefined
  const children = items.map(pickleTree)
  if (opcodeStart < bytes.length) {
    const span = { start: opcodeStart, end: bytes.length }
    const digits = compactHex(bytes.subarray(opcodeStart))
    children.push(nodeOf('unread', `h'${digits}'`, digits, span, {}, machine.isCut ? 'cut short' : 'not read'))
  }
  const whole = { start: 0, end: bytes.length }
  return nodeOf('pickle', countOf(items.length, 'item'), null, whole, {}, 'cut short', children)
}

/** Puts what is above each mark into the container below it, which it was probably meant for, or into a tuple. */
function closeAll(machine: PickleMachine): void {
  machine.giveBack()
  try {
    while (machine.marks.length > 0) close(machine)
  } catch (error) {
    // Where it would nest too deep, the values are shown beside each other.
    if (!(error instanceof CodecError)) throw error
    machine.giveBack()
  }
}

function close(machine: PickleMachine): void {
  const { items, start } = machine.popToMark()
  const below = machine.peek()
  if (below?.kind === 'list' || below?.kind === 'set') {
    machine.addItems(below.kind, items)
  } else if (below?.kind === 'dict') {
    machine.addEntries(pairs(machine, items))
  } else {
    machine.push({ kind: 'tuple', items }, items, start)
  }
}

function pairs(machine: PickleMachine, items: readonly Item[]): Entry[] {
  const entries: Entry[] = []
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index]
    const value = items[index + 1] ?? machine.aside({ kind: 'missing' }, [], key?.end ?? 0)
    if (key) entries.push({ key, value })
  }
  return entries
}
