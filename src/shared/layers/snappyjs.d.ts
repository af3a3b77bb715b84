declare module 'snappyjs' {
  /** Decompresses bare Snappy. Throws an `Error` for damaged bytes, and for content of more than `maximumBytes`. */
  export function uncompress(bytes: Uint8Array, maximumBytes?: number): Uint8Array

  /** Compresses to bare Snappy. */
  export function compress(bytes: Uint8Array): Uint8Array
}
