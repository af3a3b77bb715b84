import { useEffect, useMemo, useRef, useState } from 'react'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { clientFor } from '../../../shared/lab/client.ts'
import { labSecurityOf } from '../../../shared/lab/security.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import { newFrame } from '../../../shared/workspace.ts'
import { noSecurity } from '../../../shared/zmq/security.ts'
import { call } from '../../api.ts'
import { useLabState } from '../../state/lab-state-store.ts'
import { labStore, readRows, showRun, withRuns } from '../../state/lab-store.ts'
import { useActiveDraft, useWorkspace } from '../../state/workspace-store.ts'
import { type LabErrors, readForm } from './read-form.ts'

const noErrors: LabErrors = {}

/** Starts and stops the lab, and holds its error. */
export interface LabControl {
  readonly errors: LabErrors
  readonly error: ErrorValue | null
  dismiss(): void
  start(): void
  cancel(): void
  calibrate(): void
}

/** Keeps the list of runs up to date, and shows a run that has just ended. */
function useFollow(): void {
  const listVersion = useLabState(({ listVersion }) => listVersion)
  const lastRun = useLabState(({ lastRun }) => lastRun)
  const shownLast = useRef(lastRun)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks for another reading
  useEffect(() => {
    void withRuns(async () => {
      await readRows()
      if (lastRun === shownLast.current) return
      shownLast.current = lastRun
      if (lastRun !== null) await showRun(lastRun)
    })
  }, [listVersion, lastRun])
}

/** Shows the latest run when the lab is opened, rather than an empty page. */
function useNewestAtFirst(): void {
  useEffect(() => {
    void withRuns(async () => {
      await readRows()
      const { rows, shown } = labStore.getState()
      const [newest] = rows
      if (newest && newest.steps > 0 && shown.length === 0) await showRun(newest.id)
    })
  }, [])
}

export function useLabControl(): LabControl {
  const draft = useActiveDraft()
  const form = useWorkspace(({ lab }) => lab)
  // Select the error alone: other fields change several times per second.
  const labError = useLabState(({ error }) => error)
  const [own, setOwn] = useState<ErrorValue | null>(null)
  const [dismissed, setDismissed] = useState<ErrorValue | null>(null)
  const endpoint = endpointOf(draft)
  const { options, security } = draft
  const read = useMemo(() => readForm(form, { endpoint, options, security }), [form, endpoint, options, security])
  useFollow()
  useNewestAtFirst()

  const attempt = (work: () => Promise<void>) => {
    setOwn(null)
    setDismissed(labError)
    work().catch((thrown: unknown) => setOwn(toErrorValue(thrown)))
  }
  return {
    errors: read.errors ?? noErrors,
    error: own ?? (labError === dismissed ? null : labError),
    dismiss() {
      setOwn(null)
      setDismissed(labError)
    },
    start: () =>
      attempt(async () => {
        if (!read.settings) return
        // Both ends of a one-way stream are the lab's own, and so are its messages.
        const isOneWay = form.measure === 'one-way'
        const secured = isOneWay ? noSecurity : security
        const message = isOneWay ? [newFrame('one-way')] : draft.frames
        const to = { ...read.settings, security: labSecurityOf(secured) }
        const settings = { ...to, client: clientFor(form.client, to) }
        await call('lab.start', { settings, message, password: secured.password })
      }),
    cancel: () => attempt(() => call('lab.cancel')),
    calibrate: () =>
      attempt(async () => {
        const calibration = await call('lab.calibrate', { message: draft.frames })
        labStore.setState({ calibration })
      }),
  }
}
