import { spawnSync } from 'node:child_process'
import { expect } from 'vitest'
import type { Reading, TreeNode } from '../../../src/shared/codecs/codec.ts'
import { readPickle } from '../../../src/shared/codecs/pickle/pickle.ts'
import { z } from '../../../src/shared/schema.ts'

export const protocols = [0, 1, 2, 3, 4, 5] as const

/** A line of Python, and how the pickle of its value is written. */
export const values: readonly (readonly [string, string])[] = [
  ["{'n': 5}", "{'n': 5}"],
  ['None', 'None'],
  ['[True, False, None]', '[True, False, None]'],
  ['[0, -1, 255, 256, 65536, -2**31, 2**31, 2**63, -2**63, 2**64, -2**100]', ''],
  ['10**300', ''],
  ['[1.0, -0.0, 0.1, 1e16, 1e15, 1e-5, 0.0001, 1.5e300, float("inf"), -float("inf"), float("nan")]', ''],
  ["['', 'a', 'é€😀', 'a\\'b', 'a\\nb\\\\', '\\x00\\x7f', 'x' * 300]", ''],
  ["[b'', b'a', bytes(range(256)), b'x' * 300, b\"it's\"]", ''],
  ["[bytearray(b''), bytearray(b'a\\xff')]", "[bytearray(b''), bytearray(b'a\\xff')]"],
  ['[(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [[]], {}, {1: {2: 3}}]', ''],
  ["{(1, 'a'): [b'c']}", ''],
  ['1+2j', '<complex 1.0+2.0j>'],
  ['[__import__("decimal").Decimal("1.5")]', '[<Decimal 1.5>]'],
  ['__import__("uuid").UUID(int=5)', '<UUID 00000000-0000-0000-0000-000000000005>'],
  ['__import__("fractions").Fraction(1, 3)', '<Fraction 1/3>'],
  ['range(0, 10, 2)', '<range 0, 10, 2>'],
  ['D.datetime(2024, 2, 29, 12, 34, 56, 789000)', '<datetime 2024-02-29T12:34:56.789000>'],
  ['D.datetime(2024, 2, 29, tzinfo=D.timezone.utc)', '<datetime 2024-02-29T00:00:00+00:00>'],
  [
    'D.datetime(2024, 2, 29, fold=1, tzinfo=D.timezone(-D.timedelta(hours=3.5)))',
    '<datetime 2024-02-29T00:00:00-03:30>',
  ],
  ['D.date(1, 1, 1)', '<date 0001-01-01>'],
  ['D.time(23, 59, 58, 1)', '<time 23:59:58.000001>'],
  ['D.timedelta(days=1, hours=2, microseconds=500000)', '<timedelta P1DT2H0.5S>'],
  ['-D.timedelta(seconds=90)', '<timedelta -PT1M30S>'],
  ['D.timedelta(0)', '<timedelta PT0S>'],
  ['D.timezone.utc', '<timezone +00:00>'],
]

/** Values whose pickles differ too much between protocols for one text: the root node tells what they are. */
export const named: readonly (readonly [string, string])[] = [
  ['{1, 2}', 'set 2 items'],
  ['frozenset([1])', 'frozenset 1 item'],
  ['C.OrderedDict(a=1, b=2)', 'OrderedDict 2 entries'],
  ['C.defaultdict(list, a=[1])', 'defaultdict 1 entry'],
  ['C.Counter("aab")', 'Counter 2 entries'],
  ['C.deque([1, 2], 5)', 'deque 2 items'],
  ['__import__("pathlib").PurePosixPath("/a/b.txt")', 'path /a/b.txt'],
  ['slice(1, None)', 'slice 1, None, None'],
]

const script = `
import pickle, json, sys
import datetime as D, collections as C
for line in json.loads(sys.stdin.read()):
    value = eval(line)
    print(json.dumps([repr(value), [pickle.dumps(value, protocol).hex() for protocol in range(6)]]))
`

const writtenLine = z.tuple([z.string(), z.array(z.string())])

/** What Python writes for each line: its repr, and its pickles by protocol. */
export function python(lines: readonly string[], program = script): [string, string[]][] {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(lines),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`)
  return stdout
    .trim()
    .split('\n')
    .map((line) => writtenLine.parse(JSON.parse(line)))
}

/** The repr and the pickles of `values` and then of `named`. */
export const written = python([...values, ...named].map(([line]) => line))

/** What any bytes may give: a tree inside them, a fault inside them, or both. */
export function checked(bytes: Uint8Array): Reading {
  const reading = readPickle(bytes)
  const { root, fault } = reading
  expect(root !== undefined || fault !== undefined).toBe(true)
  if (fault) {
    expect(fault.code).toBe('decode-failed')
    expect(fault.offset).toBeGreaterThanOrEqual(0)
    expect(fault.offset + fault.length).toBeLessThanOrEqual(bytes.length)
  }
  if (root) checkSpans(root, 0, bytes.length)
  return reading
}

/** Children are inside their parent, and each is after the one before it. */
function checkSpans(node: TreeNode, from: number, to: number): void {
  expect(node.start).toBeGreaterThanOrEqual(from)
  expect(node.end).toBeGreaterThanOrEqual(node.start)
  expect(node.end).toBeLessThanOrEqual(to)
  let reached = node.start
  for (const child of node.children ?? []) {
    if (child.keySpan) {
      expect(child.keySpan.start).toBeGreaterThanOrEqual(node.start)
      expect(child.keySpan.end).toBeLessThanOrEqual(child.start)
    }
    checkSpans(child, reached, node.end)
    reached = child.end
  }
}
