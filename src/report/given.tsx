import { nameBeforeFigures, visibleText } from './plots/plot-text.ts'

interface GivenProps {
  readonly text: string
  /** Truncate a long text, which must appear in full elsewhere. */
  readonly short?: boolean
}

/** A name given by a person, isolated so that right-to-left text does not reorder what surrounds it. */
export function Given({ text, short = false }: GivenProps) {
  return <bdi>{short ? nameBeforeFigures(text) : visibleText(text)}</bdi>
}
