/** Font size of all text in a plot, in pixels. */
export const fontSize = 11
/** Height of a line of text, in pixels, including the space around it. */
export const lineHeight = 14
/** From the middle of a line of text to its baseline, in pixels. */
export const toBaseline = 4

const ellipsis = '…'

// XML 1.0 does not allow these characters, and bidirectional marks could reorder the surrounding text.
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu
const blanks = /[\t\n\r\u2028\u2029]+/gu
// Names with stacked combining marks would overlap the lines above them.
const piledMarks = /(\p{M}{2})\p{M}+/gu

/** A foreign name made safe for one line of any picture or page. */
export function visibleText(text: string): string {
  return text.replace(blanks, ' ').replace(unprintable, '\ufffd').replace(piledMarks, '$1')
}

/**
 * The widest advance, in ems, among common sans-serif fonts (DejaVu Sans and Verdana). The font that will show a saved
 * picture is unknown, so each label gets the room it may need.
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

/** An upper estimate of a text's width on one line, in pixels. */
export function textWidth(text: string): number {
  let ems = 0
  for (const character of text) ems += widths.find(([characters]) => characters.test(character))?.[1] ?? widestEms
  return ems * fontSize
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The text, truncated with an ellipsis to `pixels`. */
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

/** Widest name before figures, in pixels. */
const mostForName = 170

/** A name shortened to leave room for the figures after it. */
export function nameBeforeFigures(name: string): string {
  return shortened(visibleText(name), mostForName)
}
