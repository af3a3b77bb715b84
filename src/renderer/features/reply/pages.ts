/** 768 KiB: a multiple of 16 for hex, of 3 for base64 and of 4 for Z85, so that pages join up in each. */
export const pageBytes = 768 * 1024

export interface PageBounds {
  readonly start: number
  readonly end: number
  readonly pages: number
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** The next place, at most three bytes on, where a UTF-8 character begins; the place itself when there is none. */
function characterStart(bytes: Uint8Array, offset: number): number {
  for (let step = 0; step < 4; step += 1) if (!isContinuation(bytes[offset + step])) return offset + step
  return offset
}

/** The bytes of a page, counted from 0. With `characters`, no UTF-8 character is cut in two. */
export function pageBounds(bytes: Uint8Array, page: number, characters: boolean): PageBounds {
  const pages = Math.ceil(bytes.byteLength / pageBytes)
  const align = (offset: number) =>
    Math.min(bytes.byteLength, characters && offset > 0 ? characterStart(bytes, offset) : offset)
  return { start: align(page * pageBytes), end: align((page + 1) * pageBytes), pages }
}
