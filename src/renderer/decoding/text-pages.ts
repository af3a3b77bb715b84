import type { ViewId } from '../../shared/codecs/codec.ts'

/** 768 KiB: a multiple of 16 (hex), 3 (Base64) and 4 (Z85), so that pages join seamlessly in each. */
export const pageBytes = 768 * 1024

/** Views in which every part of the bytes can be shown by itself. */
const paged: ReadonlySet<ViewId> = new Set<ViewId>(['text', 'hex', 'base64', 'z85'])

export const isPaged = (view: ViewId): boolean => paged.has(view)

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** The next start of a UTF-8 character, at most three bytes on; the offset itself when there is none. */
function characterStart(bytes: Uint8Array, offset: number): number {
  for (let step = 0; step < 4; step += 1) if (!isContinuation(bytes[offset + step])) return offset + step
  return offset
}

/** The bytes of a page, counted from 0. In text, no UTF-8 character is split. */
export function pageOf(bytes: Uint8Array, page: number, view: ViewId): { start: number; end: number } {
  const align = (offset: number) =>
    Math.min(bytes.byteLength, view === 'text' && offset > 0 ? characterStart(bytes, offset) : offset)
  return { start: align(page * pageBytes), end: align((page + 1) * pageBytes) }
}

export const countPages = (size: number): number => Math.max(1, Math.ceil(size / pageBytes))

/** Splits a text into pages, at line ends where possible. Joined, they are the original text. */
export function splitText(text: string): string[] {
  const pages: string[] = []
  for (let start = 0; start < text.length; ) {
    const limit = start + pageBytes
    if (limit >= text.length) {
      pages.push(text.slice(start))
      break
    }
    // Looked for in the page only: a text of one long line has none anywhere before.
    const line = start + text.slice(start, limit).lastIndexOf('\n') + 1
    const isHalf = (text.charCodeAt(limit) & 0xfc00) === 0xdc00
    const end = line > start ? line : isHalf ? limit - 1 : limit
    pages.push(text.slice(start, end))
    start = end
  }
  return pages.length > 0 ? pages : ['']
}
