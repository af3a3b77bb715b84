import { type Frame, sizeOf } from '../../../shared/message.ts'
import type { Speaks } from '../../../shared/zmq/zmtp/protocol.ts'
import { headerBytes, writeHeader } from '../../../shared/zmq/zmtp/writer.ts'

/** A request as REQ sends it, an empty frame before those of the message, in one buffer: so it takes one write. */
export function requestBytes(speaks: Speaks, frames: readonly Frame[]): Uint8Array {
  const headers = frames.reduce((sum, frame) => sum + headerBytes(speaks, frame.length), headerBytes(speaks, 0))
  const bytes = new Uint8Array(headers + sizeOf(frames))
  let at = writeHeader(bytes, 0, speaks, 'message', true, 0)
  for (const [index, frame] of frames.entries()) {
    at = writeHeader(bytes, at, speaks, 'message', index < frames.length - 1, frame.length)
    bytes.set(frame, at)
    at += frame.length
  }
  return bytes
}
