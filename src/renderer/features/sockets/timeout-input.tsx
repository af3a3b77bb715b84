import { NumberInput } from '@mantine/core'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { explain } from '../../ui/terms.ts'

const millisecondsPerSecond = 1000
const longestSeconds = 2_147_483

/** Time limit for connecting and the reply, in seconds. */
export function TimeoutInput() {
  const draft = useActiveDraft()
  return (
    <NumberInput
      key={draft.id}
      aria-label="Timeout in seconds"
      title={explain('timeout')}
      w={136}
      leftSection={<span aria-hidden>Timeout</span>}
      leftSectionWidth={64}
      leftSectionProps={{ style: { color: 'var(--mantine-color-dimmed)' } }}
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
  )
}
