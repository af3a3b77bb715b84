import classes from './export-status.module.css'
import { Problem } from './problem.tsx'
import { ProgressLine } from './progress-line.tsx'

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
      <ProgressLine
        label="Progress of the export"
        percent={percent}
        words={`Saving… ${percent} %`}
        onCancel={onCancel}
      />
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
