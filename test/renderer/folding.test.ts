import { json } from '@codemirror/lang-json'
import { ensureSyntaxTree, foldable } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { describe, expect, test } from 'vitest'
import { foldSummary } from '../../src/renderer/ui/fold-summary.ts'
import { notationFolding, notationLanguage } from '../../src/renderer/ui/notation-language.ts'
import { codecs } from '../../src/shared/codecs/index.ts'
import { fromHex } from '../shared/codecs/support.ts'

/** Each line that can be folded, as it is then, with the number of the lines that it takes away. */
function folds(text: string, language: Extension): [string, number][] {
  const created = EditorState.create({ doc: text, extensions: [language, EditorState.lineSeparator.of('\n')] })
  ensureSyntaxTree(created, text.length, 10_000)
  // What was parsed is in the next state.
  const { state } = created.update({})
  const found: [string, number][] = []
  for (let number = 1; number <= state.doc.lines; number += 1) {
    const line = state.doc.line(number)
    const fold = foldable(state, line.from, line.to)
    if (!fold) continue
    const last = state.doc.lineAt(fold.to)
    found.push([
      `${state.sliceDoc(line.from, fold.from)}…${state.sliceDoc(fold.to, last.to)}`.trim(),
      last.number - number,
    ])
  }
  return found
}

const notation = [notationLanguage, notationFolding]

describe('what can be folded', () => {
  test('are objects and arrays of JSON', () => {
    expect(folds('{\n  "a": [\n    1\n  ],\n  "b": {}\n}', json())).toEqual([
      ['{…}', 5],
      ['"a": […],', 2],
    ])
  })

  test('are containers of the notation, as CBOR is printed', () => {
    const text = codecs.cbor.decode(codecs.cbor.encode('{_ "a{": [[1], 24(<<[[2]]>>), "["], "b": 1([_1 [3]])}'))
    expect(folds(text, notation)).toEqual([
      ['{_…}', text.split('\n').length - 1],
      ['"a{": […],', expect.any(Number)],
      ['24(<<[…]>>),', 2],
      ['"b": 1([_1…])', 2],
    ])
  })

  test('are messages of Protobuf, without the comment after the bracket', () => {
    const text = codecs.protobuf.decode(fromHex('0a 04 08 01 12 00 10 05'))
    expect(folds(text, notation)).toEqual([['1: {…}', text.split('\n').length - 2]])
    expect(folds('1: {  # name\n  1: 5\n}', notation)).toEqual([['1: {…}', 2]])
  })

  test.each(['[\n  1,\n  [', '{\n}', '"["\n  1\n]', '[\n  1\n2'])('is nothing of %j', (text) => {
    expect(folds(text, notation)).toEqual([])
  })
})

describe('the summary of what is folded', () => {
  test.each([
    ['\n  "id": 0,\n  "name": "user  0"\n', '"id": 0, "name": "user  0"'],
    [`\n  1,\n  ${'2'.repeat(58)},\n  3\n`, '1, …'],
    [`\n  "${'2'.repeat(70)}"\n`, `"${'2'.repeat(59)}…`],
    [`\n  "${'2'.repeat(58)}😀"\n`, `"${'2'.repeat(58)}…`],
  ])('%j is %j', (text, summary) => {
    expect(foldSummary(text)).toBe(summary)
  })
})
