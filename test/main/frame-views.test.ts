import { expect, test } from 'vitest'
import { logViewsOf } from '../../src/main/frame-views.ts'
import { defaultWorkspace, newFrame, newSocket, type SocketDraft, usualReplyView } from '../../src/shared/workspace.ts'

/** The views of a socket's received frames. */
function received(change: Partial<SocketDraft>) {
  const socket = { ...newSocket('one'), ...change }
  return logViewsOf({ ...defaultWorkspace, sockets: [socket] }, { messages: {}, enums: {} }).sessions.one?.received
}

const frames = (...encodings: SocketDraft['frames'][number]['encoding'][]): SocketDraft['frames'] =>
  encodings.map((encoding, index) => ({ ...newFrame(`f${index}`), encoding }))

test('replies are shown as they were chosen', () => {
  const replyViews = { 1: { ...usualReplyView, view: 'cbor' as const } }
  expect(received({ replyViews })).toEqual([null, { encoding: 'cbor', message: null }])
})

test('replies to MessagePack and CBOR are tried in that', () => {
  expect(received({ frames: frames('messagepack', 'json', 'cbor', 'protobuf') })).toEqual([
    { encoding: 'messagepack', message: null },
    null,
    { encoding: 'cbor', message: null },
    null,
  ])
})

test('what was chosen for another endpoint, or is compressed, is not used', () => {
  const replyViews = { 0: { ...usualReplyView, view: 'cbor' as const } }
  expect(received({ replyViews, replyViewsFor: 'tcp://127.0.0.1:1' })).toEqual([null])
  const compressed = { 0: { ...usualReplyView, layers: ['gzip' as const] } }
  expect(received({ replyViews: compressed, frames: frames('cbor') })).toEqual([null])
})
