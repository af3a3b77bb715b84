/** Every character that people, editors and chats use as a quotation mark. */
export const quotes = '"\'`´‘’‚‛“”„‟«»‹›「」『』＂＇'

/** Control and format characters: zero-width spaces, marks of direction and the like. */
export const invisible = /(?![\t-\r])(?:[\p{Cc}\p{Cf}\p{Variation_Selector}]|\u034f)/gu

/** Characters that look like ASCII, and have no ASCII form in Unicode's tables. */
const alike = new Map([
  ['\u2236', ':'],
  ['\ua789', ':'],
  ['\u02d0', ':'],
  ['\u2044', '/'],
  ['\u2215', '/'],
  ['\u3002', '.'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2014', '-'],
  ['\u2212', '-'],
])

/** The ASCII that a character stands for, such as a full-width colon; the character itself when there is none. */
export function inAscii(character: string): string {
  const plain = alike.get(character) ?? character.normalize('NFKC')
  return /^[ -~]+$/.test(plain) ? plain : character
}
