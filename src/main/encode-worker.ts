import { parentPort, workerData } from 'node:worker_threads'
import { CodecError, codecs } from '../shared/codecs/index.ts'
import { encodeText } from '../shared/request/encode-text.ts'
import type { EncodedText, EncodedTexts, LongText } from './draft-encoder.ts'

/** The thread that encodes the long texts of one message. */
function encode({ text, encoding, options }: LongText): EncodedText {
  try {
    return { ok: true, bytes: encodeText(text, codecs[encoding], options) }
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
    const { message, offset, length } = thrown
    return { ok: false, message, offset, length }
  }
}

function encodeAll(long: readonly LongText[]): EncodedTexts {
  const start = performance.now()
  const texts = long.map(encode)
  return { texts, encodeNs: (performance.now() - start) * 1e6 }
}

const done = encodeAll(workerData)
const buffers = done.texts.flatMap((each) =>
  each.ok && each.bytes.buffer instanceof ArrayBuffer ? [each.bytes.buffer] : [],
)
parentPort?.postMessage(done, buffers)
