import { Inflate } from 'pako'
import { countOf } from '../codecs/wire/count.ts'
import { plainText } from '../plain-text.ts'
import { Collector } from './collector.ts'
import { type Layer, LayerError, startsWith } from './layer.ts'

/** What the library calls a stream whose end is missing. */
const bufferError = -5

/** Zeros may follow gzip, as its own program takes them: tapes and blocks are filled up with them. */
type Padding = 'zeros' | 'none'

/** Decompresses, and verifies the check sums. gzip may have several members. */
function inflate(bytes: Uint8Array, maximumBytes: number, padding: Padding, raw = false): Uint8Array {
  const collector = new Collector(maximumBytes)
  const inflater = new Inflate({ raw })
  let leftOver = () => bytes.length
  inflater.onData = (chunk) => collector.add(chunk)
  inflater.onStart = (stream) => {
    leftOver = () => stream.avail_in
  }
  // All at once: the library ends where a member ends with its piece.
  inflater.push(bytes, true)
  if (inflater.err === bufferError) throw new LayerError('It is cut short')
  if (inflater.err !== 0) throw new LayerError(`Could not decompress: ${inflater.msg}`)
  const rest = bytes.subarray(bytes.length - leftOver())
  if (padding === 'none' ? rest.length > 0 : rest.some((byte) => byte !== 0)) {
    throw new LayerError(`It ends ${countOf(rest.length, 'byte')} before the end`)
  }
  return collector.finish()
}

export const gzip: Layer = {
  id: 'gzip',
  sign: 'Starts with a gzip header',
  recognises: (bytes) => startsWith(bytes, [0x1f, 0x8b, 8]),
  open: (bytes, maximumBytes) => inflate(bytes, maximumBytes, 'zeros'),
}

/** RFC 1950. Its header has only two bytes, so one in a thousand random frames has it too. */
export const zlib: Layer = {
  id: 'zlib',
  sign: 'Starts with a zlib header',
  recognises(bytes) {
    const [method = 0, flags = 0] = bytes
    const usesDictionary = (flags & 0x20) !== 0
    return (
      bytes.length >= 8 &&
      (method & 15) === 8 &&
      method >> 4 <= 7 &&
      (method * 256 + flags) % 31 === 0 &&
      !usesDictionary
    )
  },
  open: (bytes, maximumBytes) => inflate(bytes, maximumBytes, 'none'),
}

/** Content that is looked at, in bytes, to tell raw deflate from chance. */
const leastRecognisedBytes = 16
const mostRecognisedBytes = 1024 * 1024

/** RFC 1951, without a header: recognised only when the whole frame is it, and holds text. */
export const deflate: Layer = {
  id: 'deflate',
  sign: 'The whole frame is deflated text, without a header',
  recognises(bytes) {
    if (bytes.length > mostRecognisedBytes) return false
    try {
      const content = inflate(bytes, mostRecognisedBytes, 'none', true)
      return content.length >= leastRecognisedBytes && plainText(content) !== undefined
    } catch (thrown) {
      if (thrown instanceof LayerError) return false
      throw thrown
    }
  },
  open: (bytes, maximumBytes) => inflate(bytes, maximumBytes, 'none', true),
}
