/** Compression formats by stored name, in the order they are tried. */
export const layerIds = ['gzip', 'zlib', 'zstd', 'lz4'] as const

export type LayerId = (typeof layerIds)[number]

/** A form of compression around the bytes of a frame. */
export interface Layer {
  readonly id: LayerId
  readonly label: string
  /** Whether the bytes start like this format: a hint, not proof. */
  recognises(bytes: Uint8Array): boolean
  /**
   * The decompressed bytes. Rejects with `LayerError` when they are damaged, truncated, or larger than `maximumBytes`:
   * no more than that is kept in memory. Absent for formats that are only recognised.
   */
  open?(bytes: Uint8Array, maximumBytes: number): Promise<Uint8Array>
}

/** Compressed bytes that cannot be opened, and why. */
export class LayerError extends Error {
  override readonly name = 'LayerError'
}
