import { TextInput } from '@mantine/core'
import type { LabDraft } from '../../../shared/workspace.ts'
import { applyStep, useWorkspace } from '../../state/workspace-store.ts'
import classes from './lab.module.css'
import type { LabErrors, LabField } from './read-form.ts'

/** Changes what is typed and chosen in the form. */
export const changeForm = (patch: Partial<LabDraft>): void =>
  applyStep((workspace) => ({ ...workspace, lab: { ...workspace.lab, ...patch } }))

interface FieldProps {
  readonly field: LabField
  readonly label: string
  readonly unit?: string
  readonly hint: string
  /** What to know of what is typed, below it. */
  readonly note?: string | null
  readonly errors: LabErrors
}

/** A number field. Invalid input is kept, with its error below. */
export function NumberField({ field, label, unit, hint, note = null, errors }: FieldProps) {
  const value = useWorkspace(({ lab }) => lab[field])
  return (
    <TextInput
      type="number"
      step="any"
      min={0}
      label={label}
      title={hint}
      className={classes.number ?? ''}
      rightSection={unit ? <span aria-hidden>{unit}</span> : null}
      rightSectionWidth={unit ? 14 + unit.length * 7 : 0}
      value={value}
      description={note}
      error={errors[field]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => changeForm({ [field]: event.currentTarget.value.slice(0, 40) })}
    />
  )
}

/** A text field for several values, separated by commas. Invalid input is kept, with its error below. */
export function ListField({ field, label, hint, errors }: FieldProps) {
  const value = useWorkspace(({ lab }) => lab[field])
  return (
    <TextInput
      label={label}
      title={hint}
      className={classes.list ?? ''}
      value={value}
      error={errors[field]}
      onChange={(event) => changeForm({ [field]: event.currentTarget.value.slice(0, 1000) })}
    />
  )
}
