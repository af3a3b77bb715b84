import { reasonOf } from '../reason.ts'
import { Collector } from './collector.ts'
import { type Layer, LayerError } from './layer.ts'

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel(): Promise<void>
}

interface Writer {
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

// Available in every host of this code, but missing from the type libraries it is checked against.
declare const DecompressionStream: new (
  format: 'gzip' | 'deflate',
) => { readonly readable: { getReader(): Reader }; readonly writable: { getWriter(): Writer } }

/** Bytes passed in at a time; deflate expands them at most about a thousandfold. */
const pieceBytes = 64 * 1024

/** Decompresses with the host's zlib, which verifies the checksum and rejects trailing bytes. */
async function inflate(format: 'gzip' | 'deflate', bytes: Uint8Array, maximumBytes: number): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream(format)
  const reader = readable.getReader()
  const writer = writable.getWriter()
  const collector = new Collector(maximumBytes)
  // Write errors also surface when reading, where they are caught.
  const writing = write(writer, bytes).catch(() => undefined)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value) collector.add(next.value)
    }
    await writing
    return collector.finish()
  } catch (thrown) {
    if (thrown instanceof LayerError) {
      await reader.cancel()
      throw thrown
    }
    throw new LayerError(`Could not decompress: ${zlibReasonOf(thrown)}`, { cause: thrown })
  }
}

async function write(writer: Writer, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    await writer.write(bytes.subarray(start, start + pieceBytes))
  }
  await writer.close()
}

/** Hosts word it differently, some as a sentence; zlib's own message is in `cause`, if present. */
const zlibReasonOf = (thrown: unknown): string =>
  reasonOf(thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown).replace(/\.$/, '')

export const gzip: Layer = {
  id: 'gzip',
  label: 'gzip',
  recognises: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8,
  open: (bytes, maximumBytes) => inflate('gzip', bytes, maximumBytes),
}

/** RFC 1950. Its header has only two bytes, so one in a thousand random frames has it too. */
export const zlib: Layer = {
  id: 'zlib',
  label: 'zlib',
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
  open: (bytes, maximumBytes) => inflate('deflate', bytes, maximumBytes),
}
