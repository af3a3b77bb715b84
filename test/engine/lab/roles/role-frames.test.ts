import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFromLead, readFromWorker, roleFrames } from '../../../../src/engine/lab/roles/role-frames.ts'
import type { FromWorker } from '../../../../src/shared/lab/roles.ts'
import { bytes } from '../../../support/bytes.ts'
import { stepOf } from '../../../support/lab.ts'

const messages: FromWorker[] = [
  { type: 'pong', number: 1, atNs: 123_456_789_012_345 },
  { type: 'step', index: 0, result: stepOf([[100, 200], [300]]) },
  { type: 'gone', reason: 'it was interrupted' },
]

test.each(messages)('what was said is read: $type', (message) => {
  expect(readFromWorker(roleFrames(message))).toEqual({ message, wrong: null })
})

test.each([
  [['GET / HTTP/1.1'], 'speaks something else'],
  [[], 'speaks something else'],
  [['', '{}'], 'speaks something else'],
  [['zmq-inspector-lab/2', '{}'], 'speaks version 2, not 1'],
  [['zmq-inspector-lab/1'], 'sent a message of 1 frames rather than 2'],
  [['zmq-inspector-lab/1', '{"type":"pong"}', ''], 'sent a message of 3 frames rather than 2'],
  [['zmq-inspector-lab/1', '{"type":'], 'sent a message that cannot be read'],
  [['zmq-inspector-lab/1', '{"type":"run"}'], 'sent a message that cannot be read'],
  [['zmq-inspector-lab/1', '{"type":"pong","number":-1,"atNs":0}'], 'sent a message that cannot be read: number'],
])('anything else is told with why: %j', (frames, why) => {
  const { message, wrong } = readFromWorker(frames.map(bytes))
  expect(message).toBeNull()
  expect(wrong).toContain(why)
})

test('whatever comes, nothing is thrown', () => {
  const frame = fc.oneof(fc.uint8Array(), fc.json().map(bytes), fc.constant(bytes('zmq-inspector-lab/1')))
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 3 }), (frames) => {
      expect(readFromWorker(frames).message).toBeNull()
      expect(readFromLead(frames).message).toBeNull()
    }),
  )
})
