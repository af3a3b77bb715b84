import { Button, Checkbox, NumberInput, SegmentedControl } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { startRepeat } from '../../state/actions.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { explain, terms } from '../../ui/terms.ts'
import classes from './send.module.css'

const usualCount = 100
const largestCount = 2_147_483_647
const longestIntervalMs = 86_400_000
const usualRate = 100
const highestRate = 1_000_000

/** Asks for the number and interval of sends, and starts repeating. */
export function RepeatForm({ onStart }: { readonly onStart: () => void }) {
  const draft = useActiveDraft()
  const { count, intervalMs, rate } = draft.repeat
  const set = (patch: Partial<typeof draft.repeat>) =>
    applyStep(updateSocket(draft.id, { repeat: { ...draft.repeat, ...patch } }))
  const form = useRef<HTMLFormElement>(null)
  // The button that asked for this form has gone, and the focus with it.
  useEffect(() => form.current?.querySelector<HTMLInputElement>('input:enabled')?.focus(), [])
  return (
    <form
      ref={form}
      aria-label="Repeat"
      className={classes.repeat}
      onSubmit={(event) => {
        event.preventDefault()
        onStart()
        void startRepeat(draft)
      }}
    >
      <NumberInput
        label={terms.repeatCount.name}
        description={explain('repeatCount')}
        min={1}
        max={largestCount}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        thousandSeparator=","
        disabled={count === null}
        value={count ?? usualCount}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1 && value <= largestCount) set({ count: value })
        }}
      />
      <Checkbox
        label={terms.repeatForever.name}
        description={explain('repeatForever')}
        checked={count === null}
        onChange={(event) => set({ count: event.currentTarget.checked ? null : usualCount })}
      />
      <SegmentedControl
        aria-label="Pace"
        data={[
          { value: 'interval', label: 'At an interval' },
          { value: 'rate', label: 'At a rate' },
        ]}
        value={rate === null ? 'interval' : 'rate'}
        onChange={(pace) => set({ rate: pace === 'rate' ? usualRate : null })}
      />
      {rate === null ? null : (
        <NumberInput
          label={terms.repeatRate.name}
          description={explain('repeatRate')}
          suffix=" /s"
          min={0.001}
          max={highestRate}
          allowNegative={false}
          clampBehavior="blur"
          thousandSeparator=","
          value={rate}
          onChange={(value) => {
            if (typeof value === 'number' && value > 0 && value <= highestRate) set({ rate: value })
          }}
        />
      )}
      {rate === null ? (
        <NumberInput
          label={terms.repeatInterval.name}
          description={explain('repeatInterval')}
          suffix=" ms"
          min={0}
          max={longestIntervalMs}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="blur"
          value={intervalMs}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 0 && value <= longestIntervalMs) set({ intervalMs: value })
          }}
        />
      ) : null}
      <Button type="submit">Start repeating</Button>
    </form>
  )
}
