import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { DraftEncoder } from '../../src/main/draft-encoder.ts'
import type { EncodingId } from '../../src/shared/codecs/index.ts'
import { InspectorError } from '../../src/shared/errors.ts'
import { encodeMessage, type MessageSources } from '../../src/shared/request/encode-message.ts'
import { type DraftFrame, newFrame } from '../../src/shared/workspace.ts'
import { builtModule } from '../support/built.ts'
import { bytes } from '../support/bytes.ts'
import { parseRoot, schemaOf } from '../support/protobuf-schema.ts'

const schema = schemaOf(parseRoot('syntax = "proto3"; message Reading { string sensor = 1; }'))
const noFiles: MessageSources = { schema, attachment: () => undefined }

/** Above this length, the texts of these tests are long. */
const limit = 20

const encoderWith = (sources: MessageSources = noFiles): DraftEncoder => {
  const encoder = new DraftEncoder(pathToFileURL(builtModule('encode-worker')), () => sources, limit)
  onTestFinished(() => encoder.dispose())
  return encoder
}

const frameOf = (index: number, encoding: EncodingId, text: string, message: string | null = null): DraftFrame => ({
  ...newFrame(`frame-${index}`),
  encoding,
  text,
  message,
})

const invalid = `["${'x'.repeat(limit)}`
const valid = `${invalid}"]`

const failureOf = async (work: () => unknown): Promise<InspectorError> => {
  try {
    await work()
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown
    throw thrown
  }
  throw new Error('Nothing was thrown.')
}

test('a message with short texts, and with long ones of plain encodings, is encoded at once', () => {
  const message = [frameOf(0, 'json', '[1]'), frameOf(1, 'text', 'x'.repeat(100)), frameOf(2, 'hex', 'ab'.repeat(50))]
  expect(encoderWith().encode(message)).toMatchObject({ frames: encodeMessage(message, noFiles) })
})

test('a message with long texts is the same as without a thread', async () => {
  const file = bytes('abc')
  const sources = { schema, attachment: () => file }
  const message = [
    frameOf(0, 'json', valid),
    frameOf(1, 'text', 'short'),
    { ...frameOf(2, 'text', ''), attachment: { name: 'a file', size: 3 } },
    frameOf(3, 'cbor', valid),
    frameOf(4, 'messagepack', valid),
    frameOf(5, 'protobuf', `1: {"${'x'.repeat(limit)}"}`),
    frameOf(6, 'protobuf', `{"sensor": "${'x'.repeat(limit)}"}`, 'Reading'),
    frameOf(7, 'json', '[1]'),
  ]
  const encoded = encoderWith(sources).encode(message)
  expect(encoded).toBeInstanceOf(Promise)
  const { frames, encodeNs } = await encoded
  expect(frames).toEqual(encodeMessage(message, sources))
  expect(frames[2]).toBe(file)
  expect(encodeNs).toBeGreaterThan(0)
})

test.each([
  ['a long text', [frameOf(0, 'json', '[1]'), frameOf(1, 'cbor', invalid)]],
  ['a short text before a long one', [frameOf(0, 'json', '['), frameOf(1, 'cbor', invalid)]],
  ['a short text after a long one', [frameOf(0, 'json', valid), frameOf(1, 'hex', 'zz')]],
])('%s that is invalid fails as without a thread', async (_what, message) => {
  const expected = await failureOf(() => encodeMessage(message, noFiles))
  const failure = await failureOf(() => encoderWith().encode(message))
  expect({ ...failure, message: failure.message }).toEqual({ ...expected, message: expected.message })
})

test('files are those of the moment in which the message was given', async () => {
  const files = new Map([['frame-1', bytes('1')]])
  const encoder = encoderWith({ schema, attachment: (id) => files.get(id) })
  const message = [frameOf(0, 'json', valid), { ...frameOf(1, 'text', ''), attachment: { name: 'a file', size: 1 } }]
  const encoded = encoder.encode(message)
  files.set('frame-1', bytes('2'))
  expect((await encoded).frames[1]).toEqual(bytes('1'))
})

test('encoding ends when the encoder is disposed of', async () => {
  const encoder = encoderWith()
  const encoded = encoder.encode([frameOf(0, 'json', valid)])
  encoder.dispose()
  await expect(encoded).rejects.toMatchObject({ code: 'cancelled' })
})

test('a thread that fails is told of', async () => {
  const encoder = new DraftEncoder(new URL('file:///nowhere/encode-worker.js'), () => noFiles, limit)
  await expect(encoder.encode([frameOf(0, 'json', valid)])).rejects.toMatchObject({ code: 'internal' })
})
