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

// Present in every host of this code, yet in none of the libraries which it is type-checked against.
declare const DecompressionStream: new (
  format: 'gzip' | 'deflate',
) => { readonly readable: { getReader(): Reader }; readonly writable: { getWriter(): Writer } }

/** So much is put in at a time: what comes out of it is at most a thousand times as much. */
const pieceBytes = 64 * 1024

/** Decompresses with the host's own zlib, which checks the check sum and refuses bytes behind the end. */
async function inflate(format: 'gzip' | 'deflate', bytes: Uint8Array, maximumBytes: number): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream(format)
  const reader = readable.getReader()
  const writer = writable.getWriter()
  const collector = new Collector(maximumBytes)
  // The faults of writing are told by reading too, which is where they are caught.
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
    throw new LayerError(`Could not decompress: ${reasonOf(thrown)}`, { cause: thrown })
  }
}

async function write(writer: Writer, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    await writer.write(bytes.subarray(start, start + pieceBytes))
  }
  await writer.close()
}

/** Hosts word it differently; zlib's own words are in `cause` where there is one. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message
}

export const gzip: Layer = {
  id: 'gzip',
  label: 'gzip',
  recognises: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8,
  open: (bytes, maximumBytes) => inflate('gzip', bytes, maximumBytes),
}

/** RFC 1950. Its header is only two bytes long, so that one in a thousand random frames has it too. */
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
