import { Button, Progress } from '@mantine/core'
import { formatCount } from '../../../shared/format.ts'
import type { ReadingProgress } from '../../../shared/protobuf-sources.ts'
import classes from './schemas.module.css'

/** How far a reading that takes long is, with a way to end it. */
export function Reading({ files, knownFiles, onCancel }: ReadingProgress & { readonly onCancel: () => void }) {
  return (
    <div className={classes.reading}>
      <span className={classes.readingText}>
        Reading file {formatCount(files)} of {formatCount(knownFiles)}…
      </span>
      <Progress
        className={classes.readingBar}
        value={(100 * files) / Math.max(1, knownFiles)}
        aria-label="Progress of reading the schemas"
      />
      <Button variant="default" size="compact-sm" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
