import { IconChevronDown } from '@tabler/icons-react'
import classes from './fold-number.module.css'
import { keepFocusIn } from './keep-focus.ts'

interface FoldNumberProps {
  /** Counted from 1. */
  readonly number: number
  /** Null where frames do not fold, because they are few. */
  readonly onFold: (() => void) | null
}

/** The number of a frame, which folds it where there are many. */
export function FoldNumber({ number, onFold }: FoldNumberProps) {
  if (!onFold) return <span className={classes.number}>{number}</span>
  return (
    <button
      type="button"
      aria-expanded
      aria-label={`Fold frame ${number}`}
      className={classes.fold}
      onClick={(event) => {
        keepFocusIn(event.currentTarget)
        onFold()
      }}
    >
      <IconChevronDown size={14} aria-hidden />
      <span className={classes.number}>{number}</span>
    </button>
  )
}
