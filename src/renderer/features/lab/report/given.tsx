import { nameBeforeFigures, visibleText } from '../plots/plot-text.ts'

interface GivenProps {
  readonly text: string
  /** Leaves out the end of a long one, which must stand in full elsewhere. */
  readonly short?: boolean
}

/** A name that somebody gave, apart from the words around it: right-to-left names do not turn those. */
export function Given({ text, short = false }: GivenProps) {
  return <bdi>{short ? nameBeforeFigures(text) : visibleText(text)}</bdi>
}
