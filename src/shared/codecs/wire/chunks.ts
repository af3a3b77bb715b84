import { bytesOfText } from './text.ts'
import type { WireValue } from './value.ts'

/** The bytes of a string's chunks, concatenated; chunks that could not be read are skipped. */
export function joinChunks(chunks: readonly WireValue[]): Uint8Array {
  const whole = new Uint8Array(chunkBytes(chunks))
  let offset = 0
  for (const chunk of chunks) {
    if (chunk.kind !== 'text' && chunk.kind !== 'bytes') continue
    const bytes = chunk.kind === 'text' ? bytesOfText(chunk) : chunk.bytes
    whole.set(bytes, offset)
    offset += bytes.length
  }
  return whole
}

/** Bytes in a string's chunks. */
export function chunkBytes(chunks: readonly WireValue[]): number {
  return chunks.reduce((total, chunk) => total + sizeOf(chunk), 0)
}

function sizeOf(chunk: WireValue): number {
  if (chunk.kind === 'text') return chunk.size
  return chunk.kind === 'bytes' ? chunk.bytes.length : 0
}
