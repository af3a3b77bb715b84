import type { ReactNode } from 'react'
import type { LinkWords } from './link-words.ts'
import { StatusDot } from './status-dot.tsx'
import classes from './status-line.module.css'

interface StatusLineProps {
  /** The accessible name of the state. */
  readonly label: string
  readonly words: LinkWords
  /** What else there is to say. */
  readonly children?: ReactNode
}

/** The state of a link, why it is so, and what helps. The line keeps its room whatever it says. */
export function StatusLine({ label, words, children }: StatusLineProps) {
  const { tone, short, cause, cure, note } = words
  return (
    <div className={classes.line} data-tone={cause === '' ? undefined : tone}>
      <span className={classes.state}>
        <StatusDot tone={tone} />
        <span role="status" aria-label={label}>
          {short}
        </span>
      </span>
      {cause === '' ? null : (
        <span>
          <strong>{cause}</strong> {cure}
        </span>
      )}
      {note === '' ? null : <span className={classes.note}>{note}</span>}
      {children}
    </div>
  )
}
