import { diffWordsWithSpace } from 'diff'

/** A part of two texts: what both have, or only the later (`added`) or the earlier one (`removed`). */
export interface TextPiece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Longer texts are compared by their bytes alone, in characters. */
const mostCharacters = 64 * 1024
/** Nor are those that differ in more words than this looked through. */
const mostDifferences = 1000
/** Characters of what is the same that are given between two changes. */
const mostSame = 200

/** What is the same for long is cut, with an ellipsis. */
function cut(text: string): string {
  if (text.length <= mostSame) return text
  return `${text.slice(0, mostSame / 2)} … ${text.slice(-mostSame / 2)}`
}

/** The words that differ; null for texts that are too long, or too different, for that to help. */
export function changedText(before: string, after: string): readonly TextPiece[] | null {
  if (before.length > mostCharacters || after.length > mostCharacters) return null
  const parts = diffWordsWithSpace(before, after, { maxEditLength: mostDifferences })
  return (
    parts?.map(({ added, removed, value }) =>
      added || removed ? { kind: added ? 'added' : 'removed', text: value } : { kind: 'same', text: cut(value) },
    ) ?? null
  )
}
