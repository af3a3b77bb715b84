import { createHmac, timingSafeEqual } from 'node:crypto'
import { InspectorError } from '../../shared/errors.ts'
import { delimiter, type SignatureCheck, signedParts } from '../../shared/jupyter/message.ts'
import type { Frame } from '../../shared/message.ts'

/** HMAC-SHA256 over four frames, as hex digits. */
function signatureOf(signed: readonly Frame[], key: string): string {
  const hmac = createHmac('sha256', key)
  for (const frame of signed) hmac.update(frame)
  return hmac.digest('hex')
}

/** A message with its signature in its place. Throws `InspectorError` for one that has no such place. */
export function signMessage(frames: readonly Frame[], key: string): readonly Frame[] {
  const parts = signedParts(frames)
  if (!parts) {
    throw new InspectorError(
      'invalid-argument',
      `A signed message has ${delimiter}, its signature, and four frames after that: header, parent header, metadata and content.`,
    )
  }
  return frames.with(parts.signature, Buffer.from(signatureOf(parts.signed, key)))
}

/** Whether a message has the signature of a key. */
export function checkSignature(frames: readonly Frame[], key: string): SignatureCheck {
  const parts = signedParts(frames)
  if (!parts) return 'none'
  const expected = Buffer.from(signatureOf(parts.signed, key))
  const found = frames[parts.signature]
  return found?.byteLength === expected.byteLength && timingSafeEqual(found, expected) ? 'valid' : 'wrong'
}
