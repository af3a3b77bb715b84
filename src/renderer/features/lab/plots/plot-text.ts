/** Pixels of all text in a plot. */
export const fontSize = 11
/** Pixels that a line of text takes, with the space above and below it. */
export const lineHeight = 14
/** Pixels from the middle of a line of text down to its baseline. */
export const toBaseline = 4

const ellipsis = '…'

// XML 1.0 has no place for these, and marks of direction could turn the words around them.
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu
const blanks = /[\t\n\r\u2028\u2029]+/gu
// Names that pile up accents would grow over the lines above them.
const piledMarks = /(\p{M}{2})\p{M}+/gu

/** A name that others chose, as it can stand on one line of any picture or page. */
export function visibleText(text: string): string {
  return text.replace(blanks, ' ').replace(unprintable, '\ufffd').replace(piledMarks, '$1')
}

/**
 * The widest that usual sans-serif fonts draw these, in ems: DejaVu Sans and Verdana. A picture is read where nobody
 * knows the font, so a label is given the room that it may need.
 */
const widths: readonly (readonly [characters: RegExp, ems: number])[] = [
  [/\p{M}|\u200b|\u200d|\ufe0f/u, 0],
  [/[ijl'|.,:;!]/u, 0.41],
  [/[ ftr()[\]/\\-]/u, 0.46],
  [/[mwMW@%…—]/u, 1.01],
  [/[A-Z&<>=+~#]/u, 0.84],
  [/[\u0020-\u024f\u0370-\u03ff\u2010-\u2027]/u, 0.66],
  [/[\u0400-\u052f\u05d0-\u06ff]/u, 1],
]
const widestEms = 1.4

/** The most pixels that a text is likely to take on one line. */
export function textWidth(text: string): number {
  let ems = 0
  for (const character of text) ems += widths.find(([characters]) => characters.test(character))?.[1] ?? widestEms
  return ems * fontSize
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The text, or as much of it as `pixels` hold, with an ellipsis. */
export function shortened(text: string, pixels: number): string {
  if (textWidth(text) <= pixels) return text
  const room = pixels - textWidth(ellipsis)
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += textWidth(segment)
    if (width > room) break
    kept += segment
  }
  return `${kept.trimEnd()}${ellipsis}`
}

/** Pixels of a name before the figures that it is for. */
const mostForName = 170

/** A name as it stands in a line before figures, which must have room too. */
export function nameBeforeFigures(name: string): string {
  return shortened(visibleText(name), mostForName)
}
