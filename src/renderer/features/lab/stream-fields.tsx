import { NativeSelect, TextInput } from '@mantine/core'
import { oneWayPatterns } from '../../../shared/lab/kind.ts'
import { oneWayInWords } from '../../../shared/lab/words.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import classes from './lab.module.css'
import type { LabErrors } from './read-form.ts'
import { changeForm, NumberField } from './run-fields.tsx'
import { withPossibleSweep } from './sweep-fields.tsx'

interface FieldsProps {
  readonly draft: LabDraft
  readonly errors: LabErrors
}

/** How fast messages go that nobody answers. */
function PaceFields({ draft, errors }: FieldsProps) {
  return (
    <>
      <NativeSelect
        label="Pace"
        title="As fast as messages are taken, or at a rate of all sockets together. Default as fast as taken."
        className={classes.pace ?? ''}
        value={draft.pace}
        onChange={(event) => {
          const pace = event.currentTarget.value === 'rate' ? 'rate' : 'fast'
          changeForm(withPossibleSweep({ ...draft, pace }))
        }}
        data={[
          { value: 'fast', label: 'As fast as taken' },
          { value: 'rate', label: 'At a rate' },
        ]}
      />
      {draft.pace === 'fast' || draft.sweep === 'rate' ? null : (
        <NumberField
          field="messageRate"
          label="Rate"
          unit="/s"
          hint="Messages per second, each timed from when it was due. Default 10000."
          errors={errors}
        />
      )}
    </>
  )
}

/** A flood: how many PUSH sockets, and how fast. */
export function FloodFields(props: FieldsProps) {
  return (
    <>
      {props.draft.sweep === 'sockets' ? null : (
        <NumberField
          field="concurrency"
          label="Concurrency"
          hint="PUSH sockets that send at the same time, 1 to 1,024. Default 1."
          errors={props.errors}
        />
      )}
      <PaceFields {...props} />
    </>
  )
}

/** A one-way stream: from which socket to which, over what, how large its messages are, and how fast. */
export function OneWayFields(props: FieldsProps) {
  const { draft, errors } = props
  return (
    <>
      <NativeSelect
        label="Sockets"
        title="PUSH to PULL loses nothing. A PUB drops messages when its queue is full. Default PUSH to PULL."
        className={classes.pace ?? ''}
        value={draft.oneWay}
        onChange={(event) => {
          const { value } = event.currentTarget
          changeForm({ oneWay: oneWayPatterns.find((each) => each === value) ?? 'push-pull' })
        }}
        data={oneWayPatterns.map((value) => ({ value, label: oneWayInWords[value] }))}
      />
      <TextInput
        label="Over"
        title="Where the receiver binds, and the sender connects: tcp or ipc. Default a free port, tcp://127.0.0.1:*."
        className={classes.over ?? ''}
        value={draft.oneWayEndpoint}
        error={errors.oneWayEndpoint}
        spellCheck={false}
        onChange={(event) => changeForm({ oneWayEndpoint: event.currentTarget.value.slice(0, 1024) })}
      />
      {draft.sweep === 'size' ? null : (
        <NumberField
          field="size"
          label="Size"
          unit="B"
          hint="Bytes of each message, at least 16: it says which it is and when it was sent. Default 64."
          errors={errors}
        />
      )}
      <PaceFields {...props} />
    </>
  )
}
