import { visibleText } from '../plots/plot-text.ts'

/** A name that somebody gave, apart from the words around it: right-to-left names do not turn those. */
export function Given({ text }: { readonly text: string }) {
  return <bdi>{visibleText(text)}</bdi>
}
