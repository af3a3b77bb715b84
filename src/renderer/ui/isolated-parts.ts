/** Letters that run from right to left: Hebrew, Arabic and their neighbours, the scripts of Africa, presentation forms. */
export const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b][\udc00-\udfff]/

/** Between the frames of a preview. */
const betweenFrames = ' | '

/** A frame that is a structure in JSON or the notation. Other texts are sentences, which must not be taken apart. */
const structure = /^\s*(?:[{[]|\d+: )/

const quoted = /("(?:[^"\\]|\\.)*")/g

/** A part of a text, and whether its direction is its own. */
export interface IsolatedPart {
  readonly text: string
  readonly isIsolated: boolean
}

/**
 * The parts of a line whose direction must not reach beyond them, in their order: each frame, or each string of a
 * structure. Without them, text from right to left would swap a key and its value on the screen.
 */
export function isolatedParts(line: string): readonly IsolatedPart[] {
  if (!rightToLeft.test(line)) return [{ text: line, isIsolated: false }]
  return framesIn(line).flatMap((frame, index) => {
    const between = index === 0 ? [] : [{ text: betweenFrames, isIsolated: false }]
    return [...between, ...(structure.test(frame) ? stringsIn(frame) : [{ text: frame, isIsolated: true }])]
  })
}

/** The strings of a part of a structure, and what stands between them. */
export const stringsIn = (part: string): readonly IsolatedPart[] =>
  part
    .split(quoted)
    .map((text, place) => ({ text, isIsolated: place % 2 === 1 }))
    .filter(({ text }) => text !== '')

/** The frames of a preview. What separates them can also stand within a string of a structure. */
function framesIn(line: string): string[] {
  const frames: string[] = []
  let start = 0
  for (;;) {
    const rest = line.slice(start)
    const skipped = structure.test(rest) ? rest.replaceAll(quoted, (text) => '"'.repeat(text.length)) : rest
    const length = skipped.indexOf(betweenFrames)
    if (length < 0) return [...frames, rest]
    frames.push(rest.slice(0, length))
    start += length + betweenFrames.length
  }
}
