import { Button } from '@mantine/core'
import { formatRate } from '../../shared/format.ts'
import { skippedWords } from '../../shared/transcript/search/skipped-words.ts'
import classes from './progress-line.module.css'
import { ProgressLine } from './progress-line.tsx'

interface SearchProgressProps {
  /** How far the search has come; null when it does not go on, or has just begun. */
  readonly progress: { readonly part: number; readonly perSecond: number } | null
  readonly isStopped: boolean
  /** How many messages have frames that are too large to be looked into. */
  readonly skipped: number
  readonly onStop: () => void
  readonly onGoOn: () => void
}

/** How far a search through everything that is kept has come, and what it leaves open. */
export function SearchProgress({ progress, isStopped, skipped, onStop, onGoOn }: SearchProgressProps) {
  if (isStopped) {
    return (
      <p role="status" className={classes.line}>
        The search was stopped: there may be more.
        <Button size="compact-xs" variant="light" onClick={onGoOn}>
          Go on
        </Button>
      </p>
    )
  }
  if (progress) {
    const percent = Math.floor(progress.part * 100)
    const words = `${percent} % · ${formatRate(progress.perSecond)}`
    return <ProgressLine label="Progress of the search" percent={percent} words={words} onCancel={onStop} />
  }
  if (skipped === 0) return null
  return (
    <p role="status" className={classes.line}>
      {skippedWords(skipped)}
    </p>
  )
}
