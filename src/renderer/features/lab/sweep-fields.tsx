import { NativeSelect } from '@mantine/core'
import type { SweptOver } from '../../../shared/lab/sweep.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import classes from './lab.module.css'
import type { LabErrors, LabField } from './read-form.ts'
import { changeForm, ListField } from './run-fields.tsx'

interface SweepField {
  /** In the list of sweeps. */
  readonly name: string
  /** Whether the load has it at all. */
  isThere(draft: LabDraft): boolean
  /** The field with its values. */
  readonly field: LabField
  readonly label: string
  readonly hint: string
}

/** What can be swept over: a row for each. */
const sweepFields: Readonly<Record<SweptOver, SweepField>> = {
  size: {
    name: 'Sizes',
    isThere: () => true,
    field: 'sizes',
    label: 'Sizes',
    hint: 'Bytes or sizes such as 16 KiB, separated by commas, instead of the message. Default none.',
  },
  rate: {
    name: 'Rates',
    isThere: ({ measure, model, pace }) => (measure === 'round-trips' ? model === 'open' : pace === 'rate'),
    field: 'rates',
    label: 'Rates',
    hint: 'Requests or messages per second, separated by commas. Default none.',
  },
  sockets: {
    name: 'Sockets',
    isThere: ({ measure, model }) => measure === 'flood' || (measure === 'round-trips' && model === 'closed'),
    field: 'sockets',
    label: 'Numbers of sockets',
    hint: 'Sockets that send at the same time, 1 to 1,024, separated by commas. Default 1 to 64.',
  },
  inFlight: {
    name: 'In flight',
    isThere: ({ measure, model, pattern }) => measure === 'round-trips' && model === 'closed' && pattern !== 'req',
    field: 'inFlights',
    label: 'Requests in flight',
    hint: 'Requests under way at a time on each socket, 1 to 1,024, separated by commas. Default 1 to 64.',
  },
}

const sweeps: readonly SweptOver[] = ['size', 'rate', 'sockets', 'inFlight']

/** Without the sweep, where the load that is chosen now has none such. */
export const withPossibleSweep = (draft: LabDraft): LabDraft =>
  draft.sweep === 'none' || sweepFields[draft.sweep].isThere(draft) ? draft : { ...draft, sweep: 'none' }

/** Whether there is a sweep, and its values. */
export function SweepFields({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  const list = draft.sweep === 'none' ? null : sweepFields[draft.sweep]
  return (
    <>
      <NativeSelect
        label="Sweep"
        title="Repeat the run for several message sizes, rates, numbers of sockets or requests in flight. Default none."
        className={classes.select ?? ''}
        value={draft.sweep}
        onChange={(event) => {
          const { value } = event.currentTarget
          changeForm({ sweep: sweeps.find((each) => each === value) ?? 'none' })
        }}
        data={[
          { value: 'none', label: 'None' },
          ...sweeps
            .filter((each) => sweepFields[each].isThere(draft))
            .map((value) => ({ value, label: sweepFields[value].name })),
        ]}
      />
      {list === null ? null : <ListField field={list.field} label={list.label} hint={list.hint} errors={errors} />}
    </>
  )
}
