import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isPlainRequest } from '../../../shared/session/spec.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import {
  type OptionKey,
  type OptionRow,
  type OptionValue,
  optionGroups,
  optionRows,
  optionsOf,
  problemWith,
} from '../../../shared/zmq/options.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import { explain } from '../../ui/terms.ts'
import classes from './options-button.module.css'

interface FieldProps<Kind extends OptionRow['kind']> {
  readonly row: Extract<OptionRow, { kind: Kind }>
  readonly description: string
  readonly value: OptionValue
  /** Whether it cannot be changed. */
  readonly isFixed: boolean
  readonly set: (value: OptionValue) => void
}

/** A value out of bounds is ignored; the field corrects it when it loses focus. */
function NumberField({ row, description, value, set }: FieldProps<'number'>) {
  return (
    <NumberInput
      label={row.name}
      description={description}
      suffix={` ${row.unit}`}
      min={row.minimum}
      max={row.maximum}
      allowDecimal={false}
      clampBehavior="blur"
      value={Number(value)}
      onChange={(typed) => {
        if (problemWith(row, typed) === null) set(typed)
      }}
    />
  )
}

function SwitchField({ row, description, value, isFixed, set }: FieldProps<'boolean'>) {
  return (
    <Checkbox
      label={row.name}
      description={description}
      checked={value === true}
      disabled={isFixed}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  )
}

/** Keeps a text that the socket would refuse, and says why, until it is corrected. */
function TextField({ row, description, value, set }: FieldProps<'text'>) {
  const [refused, setRefused] = useState<string | null>(null)
  return (
    <TextInput
      label={row.name}
      description={description}
      classNames={{ input: 'bytes' }}
      spellCheck={false}
      value={refused ?? String(value)}
      error={refused === null ? null : problemWith(row, refused)}
      onChange={(event) => {
        const typed = event.currentTarget.value
        const taken = problemWith(row, typed) === null
        setRefused(taken ? null : typed)
        if (taken) set(typed)
      }}
    />
  )
}

function Field({ draft, name }: { readonly draft: SocketDraft; readonly name: OptionKey }) {
  const row = optionRows[name]
  // Otherwise a request without reply would be its last.
  const isForced = name === 'relaxedCorrelate' && draft.pattern === 'req' && !isPlainRequest(draft)
  const shared = {
    description: isForced ? 'Always on where a REQ binds, or has several endpoints.' : explain(name),
    isFixed: isForced,
    value: isForced || draft.options[name],
    set: (value: OptionValue) => applyStep(updateSocket(draft.id, { options: { ...draft.options, [name]: value } })),
  }
  switch (row.kind) {
    case 'number':
      return <NumberField row={row} {...shared} />
    case 'boolean':
      return <SwitchField row={row} {...shared} />
    case 'text':
      return <TextField row={row} {...shared} />
  }
}

/** Every socket option in its group; those that differ from their defaults are marked. */
export function OptionFields({ draft }: { readonly draft: SocketDraft }) {
  const groups = optionGroups.map((group) => ({
    group,
    keys: optionsOf(draft.pattern).filter((key) => optionRows[key].group === group),
  }))
  return groups
    .filter(({ keys }) => keys.length > 0)
    .map(({ group, keys }) => (
      <fieldset key={group} className={classes.group}>
        <legend className={classes.legend}>{group}</legend>
        {keys.map((key) => (
          <div
            key={key}
            className={classes.field}
            data-changed={draft.options[key] !== optionRows[key].usual || undefined}
          >
            <Field draft={draft} name={key} />
          </div>
        ))}
      </fieldset>
    ))
}
