import { terms } from './terms.ts'

/** What an element has that explains itself in a tooltip, by the pointer and by the focus. */
export interface Explanation {
  readonly 'data-explained': string
  readonly 'aria-description': string
}

/** Explains an element in its own words, or in those of a term. */
export const explainedAs = (words: string): Explanation => ({ 'data-explained': words, 'aria-description': words })

/** Explains an element by a term. `shown` is what it holds, where that may be cut off. */
export const explained = (term: keyof typeof terms, shown = ''): Explanation =>
  explainedAs(shown === '' ? terms[term].words : `${shown}\n${terms[term].words}`)
