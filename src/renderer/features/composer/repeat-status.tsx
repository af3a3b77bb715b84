import { Progress } from '@mantine/core'
import { formatCount } from '../../../shared/format.ts'
import type { RepeatProgress } from '../../../shared/session/state.ts'
import classes from './composer.module.css'

function words({ running, sent, timedOut, lost, skipped, total }: RepeatProgress): string {
  const of = total === null ? '' : ` of ${formatCount(total)}`
  const late = timedOut > 0 ? `, ${formatCount(timedOut)} timed out` : ''
  const gone = lost > 0 ? `, ${formatCount(lost)} lost` : ''
  const missed = skipped > 0 ? `, ${formatCount(skipped)} skipped` : ''
  return `${formatCount(sent)}${of} sent${late}${gone}${missed}${running ? '' : sent === total ? ' · done' : ' · stopped'}`
}

/** Progress of a repeat. */
export function RepeatStatus({ repeat }: { readonly repeat: RepeatProgress }) {
  const { running, sent, total } = repeat
  return (
    <>
      {running ? (
        <Progress.Root className={classes.progress} size="sm" transitionDuration={0}>
          <Progress.Section
            aria-label="Repeat progress"
            value={total === null ? 100 : (sent / total) * 100}
            // Without motion: it would be drawn 60 times a second, beside what is measured.
            striped={total === null}
          />
        </Progress.Root>
      ) : null}
      <span className={classes.running}>{words(repeat)}</span>
    </>
  )
}
