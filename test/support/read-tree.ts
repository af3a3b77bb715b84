import type { Codec, CodecOptions, TreeNode } from '../../src/shared/codecs/codec.ts'

/** The structure that the codec reads. Throws the fault, so that only a complete value passes. */
export function readTree(codec: Codec, bytes: Uint8Array, options?: CodecOptions): TreeNode | undefined {
  const reading = codec.read?.(bytes, options)
  if (reading?.fault) throw reading.fault
  return reading?.root
}
