import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CodecError,
  type CodecOptions,
  codecs,
  type EncodingId,
  encodingIds,
} from '../../../src/shared/codecs/index.ts'
import { InspectorError } from '../../../src/shared/errors.ts'
import { encodeMessage, type MessageSources } from '../../../src/shared/request/encode-message.ts'
import { type DraftFrame, newFrame } from '../../../src/shared/workspace.ts'
import { bytes } from '../../support/bytes.ts'
import { parseRoot, schemaOf } from '../../support/protobuf-schema.ts'

const schema = schemaOf(parseRoot('syntax = "proto3"; message Reading { string sensor = 1; }'))
const noFiles: MessageSources = { schema, attachment: () => undefined }

function frameOf(index: number, encoding: EncodingId, text: string, message: string | null = null): DraftFrame {
  return { ...newFrame(`frame-${index}`), encoding, text, message }
}

function failureOf(work: () => unknown): InspectorError {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown
    throw thrown
  }
  throw new Error('Nothing was thrown.')
}

/** What the codec makes of the text: bytes, or the fault. */
function encodedAlone({ encoding, text, message }: DraftFrame): Uint8Array | CodecError {
  const options: CodecOptions = message === null ? {} : { message: { schema, name: message } }
  try {
    return codecs[encoding].encode(text, options)
  } catch (thrown) {
    if (thrown instanceof CodecError) return thrown
    throw thrown
  }
}

/** Texts that some encodings take and others reject. */
const text = fc.oneof(
  fc.constantFrom('', '{}', '[1, 2]', '{"sensor": "a"}', '1: 150', 'de ad', 'AQI=', '00000', '\ud800'),
  fc.string({ maxLength: 8 }),
)
const message = fc.constantFrom(null, 'Reading')
const drafts = fc
  .array(fc.tuple(fc.constantFrom(...encodingIds), text, message), { minLength: 1, maxLength: 5 })
  .map((list) => list.map(([encoding, typed, type], index) => frameOf(index, encoding, typed, type)))

describe('a draft', () => {
  test('is what each codec makes of its text, or fails by its first invalid frame', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const alone = draft.map(encodedAlone)
        const frame = alone.findIndex((each) => each instanceof CodecError)
        const fault = alone[frame]
        if (!(fault instanceof CodecError)) {
          expect(encodeMessage(draft, noFiles)).toEqual(alone)
          return
        }
        const { offset, length } = fault
        expect(failureOf(() => encodeMessage(draft, noFiles)).toValue()).toEqual({
          code: 'encode-failed',
          message: `Frame ${frame + 1} cannot be sent: ${fault.message}`,
          details: { frame, offset, length },
        })
      }),
      { numRuns: 500 },
    )
  })

  test('takes Protobuf of a type that is not there as its wire format', () => {
    expect(encodeMessage([frameOf(0, 'protobuf', '1: 150', 'Gone')], noFiles)).toEqual([Uint8Array.of(8, 150, 1)])
    const failure = failureOf(() => encodeMessage([frameOf(0, 'protobuf', '{"sensor": "a"}', 'Gone')], noFiles))
    expect(failure.message).toContain('Frame 1 cannot be sent: JSON needs a message type')
  })
})

describe('an attached file', () => {
  const attached = { ...frameOf(1, 'json', 'kept, and no JSON'), attachment: { name: 'large.bin', size: 3 } }

  test('is sent in place of the text, as the same bytes', () => {
    const file = Uint8Array.of(1, 2, 3)
    const sources: MessageSources = { schema, attachment: (id) => (id === 'frame-1' ? file : undefined) }
    const encoded = encodeMessage([frameOf(0, 'text', 'a'), attached], sources)
    expect(encoded).toEqual([bytes('a'), file])
    expect(encoded[1]).toBe(file)
  })

  test('that is not there names its frame and says what to do', () => {
    expect(failureOf(() => encodeMessage([frameOf(0, 'text', 'a'), attached], noFiles)).toValue()).toEqual({
      code: 'encode-failed',
      message:
        'Frame 2 cannot be sent: large.bin must be loaded again: the contents of large files are not kept after a restart.',
      details: { frame: 1, offset: 0, length: 0 },
    })
  })
})

describe('the size of a message', () => {
  test('may reach the limit, and not a byte more', () => {
    const file = new Uint8Array(1000)
    const sources: MessageSources = { schema, attachment: () => file }
    const attachment = { name: 'a', size: 1000 }
    const draft = [0, 1, 2].map((index) => ({ ...frameOf(index, 'text', ''), attachment }))
    expect(encodeMessage(draft, sources, 3000)).toHaveLength(3)
    expect(failureOf(() => encodeMessage([...draft, frameOf(3, 'text', 'a')], sources, 3000)).toValue()).toEqual({
      code: 'too-large',
      message: 'A message can have at most 2.93 KiB; this one has more.',
      details: { maximumBytes: 3000 },
    })
  })

  test('is limited to 1 GiB', () => {
    // One buffer many times: the sum counts.
    const file = new Uint8Array(2 ** 26)
    const sources: MessageSources = { schema, attachment: () => file }
    const attachment = { name: 'a', size: file.byteLength }
    const draft = Array.from({ length: 16 }, (_each, index) => ({ ...frameOf(index, 'text', ''), attachment }))
    expect(encodeMessage(draft, sources)).toHaveLength(16)
    expect(failureOf(() => encodeMessage([...draft, frameOf(16, 'text', 'a')], sources)).message).toContain('1.00 GiB')
  })
})
