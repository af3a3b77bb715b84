import { describe, expect, test } from 'vitest'
import { messageOf } from '../../src/renderer/features/composer/frame-message-of.ts'
import type { EncodedFrame } from '../../src/renderer/state/encode-draft.ts'
import type { SwitchNote } from '../../src/renderer/state/switch-notes.ts'
import { CodecError, type CodecOptions, codecs } from '../../src/shared/codecs/index.ts'
import type { ProtobufSchema } from '../../src/shared/codecs/protobuf/schema.ts'
import { switchEncoding } from '../../src/shared/codecs/switch.ts'
import { type DraftFrame, newFrame } from '../../src/shared/workspace.ts'
import { parseRoot, schemaOf } from '../support/protobuf-schema.ts'

const noSchema: ProtobufSchema = { messages: {}, enums: {} }
const schema = schemaOf(parseRoot('syntax = "proto3"; message Reading { int32 a = 1; }'))

const frameOf = (encoding: DraftFrame['encoding'], text: string, message: string | null = null): DraftFrame => ({
  ...newFrame('1'),
  encoding,
  text,
  message,
})

function encode({ encoding, text }: DraftFrame, options: CodecOptions = {}): EncodedFrame {
  try {
    return { ok: true, size: codecs[encoding].encode(text, options).byteLength }
  } catch (thrown) {
    if (thrown instanceof CodecError) return { ok: false, error: thrown }
    throw thrown
  }
}

/** The frame in another encoding, and the message about it. */
function change(from: DraftFrame, to: DraftFrame['encoding']) {
  const switched = switchEncoding(from.text, codecs[from.encoding], codecs[to])
  const after = { ...from, encoding: to, text: switched.text }
  const note: SwitchNote | null = switched.kept === 'bytes' ? null : { before: from, after, switched }
  return messageOf(after, encode(after), note, noSchema)
}

describe('after a change of encoding', () => {
  test('nothing is said about the same bytes', () => {
    expect(change(frameOf('text', 'Hello'), 'hex')).toBeNull()
  })

  test('a converted value is a quiet line', () => {
    expect(change(frameOf('json', '5'), 'messagepack')).toMatchObject({ kind: 'converted', reinterpreted: '53' })
  })

  test('what would be lost stands in the place of the fault', () => {
    expect(change(frameOf('cbor', "h'00'"), 'json')).toMatchObject({ kind: 'refused', refusal: { anyway: '"AA=="' } })
  })

  test('a fault from before is that of the new encoding only', () => {
    expect(change(frameOf('json', '[1,'), 'hex')).toMatchObject({ kind: 'fault' })
    expect(change(frameOf('json', '[1,'), 'text')).toBeNull()
  })
})

describe('Protobuf without a message type', () => {
  test.each([
    ['{"a":1}', 'no-type'],
    ['Hello', 'no-type'],
    ['1: 150', undefined],
    ['', undefined],
    // The faults of wire fields are where they are.
    ['1: 15x', 'fault'],
    ['1', 'fault'],
  ])('%j: %s', (text, kind) => {
    const frame = frameOf('protobuf', text)
    expect(messageOf(frame, encode(frame), null, noSchema)?.kind).toBe(kind)
  })

  test('asks for a schema only where there is none', () => {
    const frame = frameOf('protobuf', '{}')
    expect(messageOf(frame, encode(frame), null, noSchema)).toEqual({ kind: 'no-type', hasTypes: false })
    expect(messageOf(frame, encode(frame), null, schema)).toEqual({ kind: 'no-type', hasTypes: true })
  })

  test('leaves a type that no schema has to the list of types', () => {
    const frame = frameOf('protobuf', '{}', 'Gone')
    expect(messageOf(frame, encode(frame), null, schema)).toBeNull()
  })
})

test('with a message type, faults are those of its JSON', () => {
  const frame = frameOf('protobuf', '{"b":1}', 'Reading')
  const encoded = encode(frame, { message: { schema, name: 'Reading' } })
  expect(messageOf(frame, encoded, null, schema)).toMatchObject({ kind: 'fault' })
})
