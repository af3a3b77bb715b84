const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }
const escapePattern = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g

/** Decodes C-style escapes to bytes; the rest is UTF-8. */
export function unescapeBytes(text: string): Buffer {
  if (!text.includes('\\')) return Buffer.from(text)
  const parts: Buffer[] = []
  let from = 0
  for (const match of text.matchAll(escapePattern)) {
    const [whole, octal, hexadecimal, short, long, character] = match
    parts.push(Buffer.from(text.slice(from, match.index)))
    from = match.index + whole.length
    const point = short ?? long
    if (octal !== undefined) parts.push(Buffer.of(Number.parseInt(octal, 8) & 0xff))
    else if (hexadecimal !== undefined) parts.push(Buffer.of(Number.parseInt(hexadecimal, 16)))
    else if (point !== undefined) parts.push(Buffer.from(codePointText(Number.parseInt(point, 16))))
    else if (character !== undefined) parts.push(escapedCharacter(character))
  }
  parts.push(Buffer.from(text.slice(from)))
  return Buffer.concat(parts)
}

const codePointText = (point: number): string => (point <= 0x10ffff ? String.fromCodePoint(point) : '\u{fffd}')

function escapedCharacter(character: string): Buffer {
  const code = escapes[character]
  return code === undefined ? Buffer.from(character) : Buffer.of(code)
}
