import { NativeSelect, SegmentedControl } from '@mantine/core'
import { loopSockets, type Measured, whyLibzmq } from '../../../shared/lab/client.ts'
import { kindWords, labKinds } from '../../../shared/lab/kind.ts'
import { stampBytes } from '../../../shared/lab/stamp.ts'
import { plural } from '../../../shared/lab/words.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import { defaultSocketOptions } from '../../../shared/zmq/options.ts'
import { noSecurity } from '../../../shared/zmq/security.ts'
import { useActiveDraft, useWorkspace } from '../../state/workspace-store.ts'
import { explain } from '../../ui/terms.ts'
import classes from './lab.module.css'
import type { LabErrors } from './read-form.ts'
import { changeForm, NumberField } from './run-fields.tsx'
import { FloodFields, OneWayFields } from './stream-fields.tsx'
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
        title="REQ: one request at a time. DEALER: several in flight; replies are taken in their order. Numbered: each request has a number, by which replies find it. Default REQ."
        className={classes.sockets ?? ''}
        value={draft.pattern}
        onChange={(event) => {
          const pattern = loopSockets.find((each) => each === event.currentTarget.value) ?? 'req'
          changeForm(withPossibleSweep({ ...draft, pattern }))
        }}
        data={[
          { value: 'req', label: 'REQ' },
          { value: 'dealer', label: 'DEALER' },
          { value: 'numbered', label: 'DEALER, numbered' },
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

/** What is measured: its other fields follow from it. */
function MeasureChoice({ draft, disabled }: { readonly draft: LabDraft; readonly disabled: boolean }) {
  return (
    <SegmentedControl
      aria-label="What is measured"
      className={classes.measure ?? ''}
      transitionDuration={0}
      disabled={disabled}
      data={labKinds.map((value) => ({ value, label: kindWords[value].label }))}
      value={draft.measure}
      onChange={(measure) => changeForm(withPossibleSweep({ ...draft, measure }))}
    />
  )
}

function LengthFields({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  const isAnswered = draft.measure === 'round-trips'
  const what = isAnswered ? 'Requests' : 'Messages'
  return (
    <>
      <NativeSelect
        label="Stop after"
        title={`Stop after a time or a number of ${what.toLowerCase()}. Default duration.`}
        className={classes.select ?? ''}
        value={draft.length}
        onChange={(event) => changeForm({ length: event.currentTarget.value === 'count' ? 'count' : 'duration' })}
        data={[
          { value: 'duration', label: 'Duration' },
          { value: 'count', label: what },
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
          label={what}
          hint={`How many ${what.toLowerCase()} to measure. Default 10000.`}
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
        hint={
          isAnswered
            ? 'How long to wait for each reply. Default 5 s.'
            : 'How long a message may wait until it is taken. Default 5 s.'
        }
        errors={errors}
      />
    </>
  )
}

/** What a one-way stream needs: of the active socket it takes nothing. */
const ofOneWay = ({ oneWay, oneWayEndpoint }: LabDraft): Measured => ({
  endpoint: oneWayEndpoint,
  options: defaultSocketOptions,
  security: noSecurity,
  load: { model: 'one-way', pattern: oneWay, size: stampBytes },
})

/** What speaks for the sockets; where that is not what was chosen, why. */
function ClientField({ draft, errors }: { readonly draft: LabDraft; readonly errors: LabErrors }) {
  const socket = useActiveDraft()
  const to = { endpoint: endpointOf(socket), options: socket.options, security: socket.security }
  const why = draft.client === 'zmtp' ? whyLibzmq(draft.measure === 'one-way' ? ofOneWay(draft) : to) : null
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

const severalInWords =
  'A socket sends its next request when a reply arrives, so a stalled server also holds back requests.'

const closedLoopInWords: Readonly<Record<LabDraft['pattern'], string>> = {
  req: explain('closedLoop'),
  dealer: severalInWords,
  numbered: `${severalInWords} Each request has a number in its envelope, which the server must return: so replies that come out of order or again are seen and counted.`,
}

function loopInWords({ measure, model, pattern }: LabDraft): string {
  if (measure === 'flood') {
    return 'PUSH flood: The message goes again and again to the PULL at this endpoint. It shows how many it takes, and how long writes wait when it is slow.'
  }
  if (measure === 'one-way') {
    return 'One way: Both ends are here, each with its own thread. Each message says which it is and when it was sent, so none is lost unseen.'
  }
  if (model === 'open') return `Open loop: ${explain('openLoop')}`
  return `Closed loop: ${closedLoopInWords[pattern]}`
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
      <MeasureChoice draft={draft} disabled={disabled} />
      <fieldset className={classes.fields} disabled={disabled}>
        <legend className="visually-hidden">Settings of the run</legend>
        {draft.measure === 'round-trips' ? <LoadFields draft={draft} errors={errors} /> : null}
        {draft.measure === 'flood' ? <FloodFields draft={draft} errors={errors} /> : null}
        {draft.measure === 'one-way' ? <OneWayFields draft={draft} errors={errors} /> : null}
        <LengthFields draft={draft} errors={errors} />
        <SweepFields draft={draft} errors={errors} />
        <ClientField draft={draft} errors={errors} />
        {draft.measure === 'one-way' ? null : <WorkersField draft={draft} errors={errors} />}
      </fieldset>
      <p className={classes.explained}>{loopInWords(draft)}</p>
    </form>
  )
}
