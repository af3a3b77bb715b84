/** Forms of compression by the name that is stored, in the order in which they are looked for. */
export const layerIds = ['gzip', 'zlib', 'zstd', 'lz4'] as const

export type LayerId = (typeof layerIds)[number]

/** A form of compression around the bytes of a frame. */
export interface Layer {
  readonly id: LayerId
  readonly label: string
  /** Whether the bytes begin as this form does. A beginning is a hint and no proof. */
  recognises(bytes: Uint8Array): boolean
  /**
   * The bytes within. Rejects with `LayerError` when they are damaged, cut short, or more than `maximumBytes`: nothing
   * beyond that bound is kept in memory. Absent where the form is recognised only.
   */
  open?(bytes: Uint8Array, maximumBytes: number): Promise<Uint8Array>
}

/** Compressed bytes that cannot be opened, and why. */
export class LayerError extends Error {
  override readonly name = 'LayerError'
}
