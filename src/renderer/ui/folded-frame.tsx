import { IconChevronRight } from '@tabler/icons-react'
import classes from './folded-frame.module.css'
import { keepFocusIn } from './keep-focus.ts'

interface FoldedFrameProps {
  /** Counted from 1. */
  readonly number: number
  /** What it is and how large, such as `JSON` and `12 B`. */
  readonly facts: readonly string[]
  /** The start of its content, on one line. */
  readonly preview: string
  readonly onUnfold: () => void
}

/** One of many frames, in one line. */
export function FoldedFrame({ number, facts, preview, onUnfold }: FoldedFrameProps) {
  return (
    <button
      type="button"
      aria-expanded={false}
      className={classes.row}
      onClick={(event) => {
        keepFocusIn(event.currentTarget)
        onUnfold()
      }}
    >
      <IconChevronRight size={14} aria-hidden className={classes.twist} />
      <span className={classes.number}>{number}</span>
      <bdi className={classes.preview}>{preview}</bdi>
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </button>
  )
}
