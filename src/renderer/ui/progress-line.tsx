import { Button, Progress } from '@mantine/core'
import classes from './progress-line.module.css'

interface ProgressLineProps {
  /** The accessible name of the bar. */
  readonly label: string
  readonly percent: number
  readonly words: string
  readonly onCancel: () => void
}

/** How far long work has come, with a way to end it. */
export function ProgressLine({ label, percent, words, onCancel }: ProgressLineProps) {
  return (
    <div className={classes.line}>
      <Progress className={classes.bar} aria-label={label} value={percent} />
      <span className={classes.words}>{words}</span>
      <Button size="compact-xs" variant="light" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
