import { Button, Progress } from '@mantine/core'
import classes from './export-status.module.css'
import { Problem } from './problem.tsx'

interface ExportStatusProps {
  readonly progress: { readonly done: number; readonly of: number } | null
  readonly outcome: { readonly words: string; readonly isProblem: boolean } | null
  readonly onCancel: () => void
  readonly onDismiss: () => void
}

/** How far the export under way has come, with a way to end it; else what has become of the last one of this view. */
export function ExportStatus({ progress, outcome, onCancel, onDismiss }: ExportStatusProps) {
  if (progress) {
    const percent = progress.of > 0 ? Math.min(100, Math.floor((progress.done / progress.of) * 100)) : 0
    return (
      <div className={classes.line}>
        <Progress className={classes.bar} aria-label="Progress of the export" value={percent} />
        <span className={classes.words}>Saving… {percent} %</span>
        <Button size="compact-xs" variant="light" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    )
  }
  if (!outcome) return null
  if (outcome.isProblem) return <Problem title={outcome.words} onDismiss={onDismiss} />
  return (
    <p role="status" className={classes.saved}>
      {outcome.words}
    </p>
  )
}
