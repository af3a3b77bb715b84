import { Button, CloseButton, Progress } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { formatCount } from '../../../shared/format.ts'
import { report } from '../../report.ts'
import {
  cancelRecording,
  closeRecording,
  dismissRecordingProblem,
  showRecording,
  useRecording,
} from '../../state/recording-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { Problem } from '../../ui/problem.tsx'
import classes from './recording-item.module.css'

/** The recording that is open, being opened, or could not be; nothing otherwise. */
export function RecordingItem() {
  const { opened, isShown, progress, problem } = useRecording((recording) => recording)
  if (!opened && !progress && problem === null) return null
  const percent = progress && progress.of > 0 ? Math.min(100, (progress.done / progress.of) * 100) : 0
  return (
    <section aria-label="Opened recording" className={classes.recording}>
      <Heading>Recording</Heading>
      {progress ? (
        <div className={classes.opening}>
          <Progress aria-label="Opening the recording" value={percent} />
          <Button size="compact-xs" variant="default" onClick={() => cancelRecording().catch(report)}>
            Cancel
          </Button>
        </div>
      ) : null}
      {problem === null ? null : <Problem title={problem} onDismiss={dismissRecordingProblem} />}
      {opened ? (
        <div className={classes.item} data-shown={isShown || undefined}>
          <button
            type="button"
            className={classes.choose}
            aria-current={isShown || undefined}
            title={opened.name}
            onClick={() => showRecording(true)}
          >
            <IconFileText size={14} aria-hidden />
            <bdi className={classes.name}>{opened.name}</bdi>
            <span className={classes.count}>{formatCount(opened.records)}</span>
          </button>
          <CloseButton
            size="sm"
            aria-label={`Close recording ${opened.name}`}
            onClick={() => closeRecording().catch(report)}
          />
        </div>
      ) : null}
    </section>
  )
}
