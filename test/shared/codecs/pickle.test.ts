import { describe, expect, test } from 'vitest'
import { opcodes } from '../../../src/shared/codecs/pickle/opcodes.ts'
import { looksLikePickle, pickleText, readPickle } from '../../../src/shared/codecs/pickle/pickle.ts'
import { checked, named, protocols, python, values, written } from './pickles.ts'
import { nodesOf } from './readings.ts'
import { fromHex } from './support.ts'

describe.each(protocols)('protocol %i', (protocol) => {
  test.each(values.map(([line, text], index) => [line, text, index] as const))('%s', (_, text, index) => {
    const [repr = '', pickles = []] = written[index] ?? []
    const bytes = fromHex(pickles[protocol] ?? '')
    expect(checked(bytes).fault).toBeUndefined()
    expect(pickleText(bytes)).toBe(text === '' ? repr : text)
    const root = readPickle(bytes).root
    for (const { note } of nodesOf(root)) expect(note ?? 'same as').toMatch(/^(same as|not imported)/)
  })

  test.each(named.map(([line, shown], index) => [line, shown, values.length + index] as const))(
    '%s',
    (_, shown, index) => {
      const bytes = fromHex(written[index]?.[1][protocol] ?? '')
      const { root, fault } = checked(bytes)
      expect(fault).toBeUndefined()
      expect(`${root?.type} ${root?.value}`).toBe(shown)
      expect(root?.note).toBeUndefined()
    },
  )

  test('every prefix has a fault, and shows what it holds', () => {
    for (const [, pickles] of written) {
      const bytes = fromHex(pickles[protocol] ?? '')
      const step = Math.max(1, Math.floor(bytes.length / 60))
      for (let length = 0; length < bytes.length; length += step) {
        expect(checked(bytes.subarray(0, length)).fault?.message).toMatch(/^(Cut short|Nothing)/)
        expect(looksLikePickle(bytes.subarray(0, length))).toBe(false)
      }
    }
  })
})

test('a time in a zone of a name', () => {
  const zone = 'c__builtin__\ngetattr\n(czoneinfo\nZoneInfo\nV_unpickle\ntR(VEurope/Paris\nI1\ntR'
  const text = `cdatetime\ndatetime\n(C\n\x07\xe8\x02\x1d\0\0\0\0\0\0${zone}tR.`
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  expect(pickleText(bytes)).toBe('<datetime 2024-02-29T00:00:00[Europe/Paris]>')
  expect([...nodesOf(checked(bytes).root)].map(({ note }) => note)).not.toContain('not executed')
})

test('every opcode that Python knows has its name', () => {
  const program = 'import json, pickletools; print(json.dumps(["", [o.code + o.name for o in pickletools.opcodes]]))'
  const [[, known] = ['', []]] = python([], program)
  const names = [...opcodes].map(([code, { name }]) => String.fromCharCode(code) + name)
  expect([...names, '.STOP'].sort()).toEqual([...known].sort())
})

test('a text is truncated to its length', () => {
  for (const [, pickles] of written) {
    const bytes = fromHex(pickles[4] ?? '')
    const whole = pickleText(bytes)
    for (const length of [1, 7, 30]) {
      const line = pickleText(bytes, length)
      expect(line.length).toBeLessThanOrEqual(length)
      if (whole.length <= length) expect(line).toBe(whole)
      else expect(line.endsWith('…')).toBe(true)
    }
  }
})
