import { NumberInput } from '@mantine/core'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { explained } from '../../ui/explained.ts'
import { terms } from '../../ui/terms.ts'
import classes from './send.module.css'

const millisecondsPerSecond = 1000
const longestSeconds = 2_147_483

/** Time limit for connecting and the reply, in seconds. */
export function TimeoutInput() {
  const draft = useActiveDraft()
  return (
    <div className={classes.limit}>
      <span aria-hidden>{terms.timeout.name}</span>
      <NumberInput
        key={draft.id}
        aria-label="Timeout in seconds"
        {...explained('timeout')}
        w={112}
        suffix=" s"
        min={0.001}
        max={longestSeconds}
        decimalScale={3}
        step={1}
        clampBehavior="blur"
        allowNegative={false}
        defaultValue={draft.timeoutMs / millisecondsPerSecond}
        onChange={(seconds) => {
          const timeoutMs = Math.round(Number(seconds) * millisecondsPerSecond)
          if (seconds !== '' && timeoutMs >= 1 && timeoutMs <= longestSeconds * millisecondsPerSecond) {
            applyStep(updateSocket(draft.id, { timeoutMs }))
          }
        }}
      />
    </div>
  )
}
