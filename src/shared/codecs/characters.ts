/** The whole character at `offset`, quoted for a message, with its length in UTF-16 units. */
export function quoteCharacter(text: string, offset: number): { quoted: string; length: number } {
  const point = text.codePointAt(offset) ?? 0
  const length = point > 0xffff ? 2 : 1
  const character = text.slice(offset, offset + length)
  if (character === "'") return { quoted: `"'"`, length }
  if (character === ' ') return { quoted: 'a space', length }
  if (character === '\n' || character === '\r') return { quoted: 'a line break', length }
  if (character === '\ufeff') return { quoted: 'a byte order mark (U+FEFF)', length }
  // Controls, separators, lone surrogates and other invisible characters are named by code point.
  if (/[\p{C}\p{Z}]/u.test(character)) {
    return { quoted: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`, length }
  }
  return { quoted: `'${character}'`, length }
}
