import { NativeSelect } from '@mantine/core'
import { whyLibzmq } from '../../../shared/lab/client.ts'
import { plural } from '../../../shared/lab/words.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import { useActiveDraft, useWorkspace } from '../../state/workspace-store.ts'
import { explain } from '../../ui/terms.ts'
import classes from './lab.module.css'
import type { LabErrors } from './read-form.ts'
import { changeForm, NumberField } from './run-fields.tsx'
import { SweepFields, withPossibleSweep } from './sweep-fields.tsx'

/** What sockets a closed loop has, and how many. */
function ClosedFields({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  return (
    <>
      {draft.sweep === 'sockets' ? null : (
        <NumberField
          field="concurrency"
          label="Concurrency"
          hint="Sockets that send at the same time, 1 to 1,024. Default 1."
          errors={errors}
        />
      )}
      <NativeSelect
        label="Sockets"
        title="REQ: one request at a time. DEALER: several in flight; replies are taken in their order. Default REQ."
        className={classes.select ?? ''}
        value={draft.pattern}
        onChange={(event) => {
          const pattern = event.currentTarget.value === 'dealer' ? 'dealer' : 'req'
          changeForm(withPossibleSweep({ ...draft, pattern }))
        }}
        data={[
          { value: 'req', label: 'REQ' },
          { value: 'dealer', label: 'DEALER' },
        ]}
      />
      {draft.pattern === 'req' || draft.sweep === 'inFlight' ? null : (
        <NumberField
          field="inFlight"
          label="In flight"
          hint="Requests under way at a time on each socket, 1 to 1,024. Default 8."
          errors={errors}
        />
      )}
    </>
  )
}

function LoadFields({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  return (
    <>
      <NativeSelect
        label="Load model"
        title={`Closed loop: ${explain('closedLoop')} Open loop: ${explain('openLoop')} Default closed.`}
        className={classes.select ?? ''}
        value={draft.model}
        onChange={(event) => {
          const model = event.currentTarget.value === 'open' ? 'open' : 'closed'
          changeForm(withPossibleSweep({ ...draft, model }))
        }}
        data={[
          { value: 'closed', label: 'Closed loop' },
          { value: 'open', label: 'Open loop' },
        ]}
      />
      {draft.model === 'closed' ? (
        <ClosedFields draft={draft} errors={errors} />
      ) : draft.sweep === 'rate' ? null : (
        <NumberField
          field="rate"
          label="Rate"
          unit="/s"
          hint="Requests per second, each timed from when it was due. Default 1000."
          errors={errors}
        />
      )}
    </>
  )
}

function LengthFields({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  return (
    <>
      <NativeSelect
        label="Stop after"
        title="Stop after a time or a number of requests. Default duration."
        className={classes.select ?? ''}
        value={draft.length}
        onChange={(event) => changeForm({ length: event.currentTarget.value === 'count' ? 'count' : 'duration' })}
        data={[
          { value: 'duration', label: 'Duration' },
          { value: 'count', label: 'Requests' },
        ]}
      />
      {draft.length === 'duration' ? (
        <NumberField
          field="duration"
          label="Duration"
          unit="s"
          hint="How long to measure. Default 10 s."
          errors={errors}
        />
      ) : (
        <NumberField
          field="requests"
          label="Requests"
          hint="How many requests to measure. Default 10000."
          errors={errors}
        />
      )}
      <NumberField
        field="warmUp"
        label="Warm-up"
        unit="s"
        hint="How long to send before measuring; not counted. Default 1 s."
        errors={errors}
      />
      <NumberField
        field="timeout"
        label="Timeout"
        unit="s"
        hint="How long to wait for each reply. Default 5 s."
        errors={errors}
      />
    </>
  )
}

/** What speaks for the sockets; where that is not what was chosen, why. */
function ClientField({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  const socket = useActiveDraft()
  const to = { endpoint: endpointOf(socket), options: socket.options, security: socket.security }
  const why = draft.client === 'zmtp' ? whyLibzmq(to) : null
  return (
    <NativeSelect
      label="Measure with"
      title="ZMTP: the lab speaks the protocol itself, which adds the least. libzmq: as most clients do. Default ZMTP."
      className={classes.client ?? ''}
      value={draft.client}
      description={why}
      error={errors.client}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => changeForm({ client: event.currentTarget.value === 'zmtp' ? 'zmtp' : 'libzmq' })}
      data={[
        { value: 'zmtp', label: 'ZMTP (least overhead)' },
        { value: 'libzmq', label: 'libzmq (as most clients)' },
      ]}
    />
  )
}

/** How many processes make the load, and what the machine has for them. */
function WorkersField({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  const cores = navigator.hardwareConcurrency
  return (
    <NumberField
      field="workers"
      label="Workers"
      hint={`Processes that make the load together, each with its part of the sockets or of the rate, 1 to 64. This machine has ${plural(cores, 'core')}. Default 1.`}
      note={draft.workers === '1' ? null : `${plural(cores, 'core')} here`}
      errors={errors}
    />
  )
}

function loopInWords({ model, pattern }: LabDraft): string {
  if (model === 'open') return `Open loop: ${explain('openLoop')}`
  return pattern === 'req'
    ? `Closed loop: ${explain('closedLoop')}`
    : 'Closed loop: A socket sends its next request when a reply arrives, so a stalled server also holds back requests.'
}

/** The start button refers to its form by this id. */
export const runFormId = 'latency-run'

interface RunFormProps {
  readonly errors: LabErrors
  readonly disabled: boolean
  readonly onSubmit: () => void
}

/** The settings of a run. */
export function RunForm({ errors, disabled, onSubmit }: RunFormProps) {
  const draft = useWorkspace(({ lab }) => lab)
  return (
    <form
      id={runFormId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <fieldset className={classes.fields} disabled={disabled}>
        <legend className="visually-hidden">Settings of the run</legend>
        <LoadFields draft={draft} errors={errors} />
        <LengthFields draft={draft} errors={errors} />
        <SweepFields draft={draft} errors={errors} />
        <ClientField draft={draft} errors={errors} />
        <WorkersField draft={draft} errors={errors} />
      </fieldset>
      <p className={classes.explained}>{loopInWords(draft)}</p>
    </form>
  )
}
