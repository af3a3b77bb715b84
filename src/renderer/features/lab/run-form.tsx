import { NativeSelect, TextInput } from '@mantine/core'
import { whyLibzmq } from '../../../shared/lab/client.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import { applyStep, useActiveDraft, useWorkspace } from '../../state/workspace-store.ts'
import { explain } from '../../ui/terms.ts'
import classes from './lab.module.css'
import type { LabErrors, LabField } from './read-form.ts'

const change = (patch: Partial<LabDraft>): void =>
  applyStep((workspace) => ({ ...workspace, lab: { ...workspace.lab, ...patch } }))

interface FieldProps {
  readonly field: LabField
  readonly label: string
  readonly unit?: string
  readonly hint: string
  readonly errors: LabErrors
}

/** A number field. Invalid input is kept, with its error below. */
function NumberField({ field, label, unit, hint, errors }: FieldProps) {
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
      error={errors[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value.slice(0, 40) })}
    />
  )
}

function ListField({ field, label, hint, errors }: FieldProps) {
  const value = useWorkspace(({ lab }) => lab[field])
  return (
    <TextInput
      label={label}
      title={hint}
      className={classes.list ?? ''}
      value={value}
      error={errors[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value.slice(0, 1000) })}
    />
  )
}

/** A sweep over what is not there any more is none. */
const withoutSweep = (draft: LabDraft, over: readonly LabDraft['sweep'][]): Partial<LabDraft> =>
  over.includes(draft.sweep) ? { sweep: 'none' } : {}

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
          change({ pattern, ...(pattern === 'req' ? withoutSweep(draft, ['inFlight']) : {}) })
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
          // A closed loop has no rate to sweep, and an open one neither numbers of sockets nor requests in flight.
          change({ model, ...withoutSweep(draft, model === 'closed' ? ['rate'] : ['sockets', 'inFlight']) })
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
        onChange={(event) => change({ length: event.currentTarget.value === 'count' ? 'count' : 'duration' })}
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

const sweeps: readonly LabDraft['sweep'][] = ['size', 'rate', 'sockets', 'inFlight']

function SweepFields({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  return (
    <>
      <NativeSelect
        label="Sweep"
        title="Repeat the run for several message sizes, rates, numbers of sockets or requests in flight. Default none."
        className={classes.select ?? ''}
        value={draft.sweep}
        onChange={(event) => {
          const { value } = event.currentTarget
          change({ sweep: sweeps.find((each) => each === value) ?? 'none' })
        }}
        data={[
          { value: 'none', label: 'None' },
          { value: 'size', label: 'Sizes' },
          draft.model === 'open' ? { value: 'rate', label: 'Rates' } : { value: 'sockets', label: 'Sockets' },
          ...(draft.model === 'closed' && draft.pattern === 'dealer'
            ? [{ value: 'inFlight', label: 'In flight' }]
            : []),
        ]}
      />
      {draft.sweep === 'size' ? (
        <ListField
          field="sizes"
          label="Sizes"
          hint="Bytes or sizes such as 16 KiB, separated by commas, instead of the message. Default none."
          errors={errors}
        />
      ) : draft.sweep === 'rate' ? (
        <ListField
          field="rates"
          label="Rates"
          hint="Requests per second, separated by commas. Default none."
          errors={errors}
        />
      ) : draft.sweep === 'inFlight' ? (
        <ListField
          field="inFlights"
          label="Requests in flight"
          hint="Requests under way at a time on each socket, 1 to 1,024, separated by commas. Default 1 to 64."
          errors={errors}
        />
      ) : draft.sweep === 'sockets' ? (
        <ListField
          field="sockets"
          label="Numbers of sockets"
          hint="Sockets that send at the same time, 1 to 1,024, separated by commas. Default 1 to 64."
          errors={errors}
        />
      ) : null}
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
      onChange={(event) => change({ client: event.currentTarget.value === 'zmtp' ? 'zmtp' : 'libzmq' })}
      data={[
        { value: 'zmtp', label: 'ZMTP (least overhead)' },
        { value: 'libzmq', label: 'libzmq (as most clients)' },
      ]}
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
      </fieldset>
      <p className={classes.explained}>{loopInWords(draft)}</p>
    </form>
  )
}
