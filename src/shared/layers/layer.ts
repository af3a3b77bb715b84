/** Compression formats by stored name, in the order they are tried. */
export const layerIds = ['gzip', 'zlib', 'zstd', 'lz4', 'snappy', 'deflate'] as const

export type LayerId = (typeof layerIds)[number]

/** Names for people. Known without loading what opens them. */
export const layerLabels: Readonly<Record<LayerId, string>> = {
  gzip: 'gzip',
  zlib: 'zlib',
  zstd: 'Zstandard',
  lz4: 'LZ4',
  snappy: 'Snappy',
  deflate: 'raw deflate',
}

/** A form of compression around the bytes of a frame. */
export interface Layer {
  readonly id: LayerId
  /** Whether the bytes look like this format. */
  recognises(bytes: Uint8Array): boolean
  /** Why bytes that it recognises look like it, as a sentence without a full stop. */
  readonly sign: string
  /**
   * The decompressed bytes. Throws `LayerError` when they are damaged, truncated, or larger than `maximumBytes`:
   * no more than that is kept in memory.
   */
  open(bytes: Uint8Array, maximumBytes: number): Uint8Array
}

/** Compressed bytes that cannot be opened, and why. */
export class LayerError extends Error {
  override readonly name = 'LayerError'
}

/** Whether the bytes begin with the given ones. */
export const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)
