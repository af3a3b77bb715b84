import { Button, CloseButton, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconRulerMeasure } from '@tabler/icons-react'
import { useState } from 'react'
import { kindWords } from '../../../shared/lab/kind.ts'
import type { ListedRun } from '../../../shared/lab/run-order.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { Settings } from '../../../shared/settings.ts'
import { report } from '../../report.ts'
import { saveSettings } from '../../state/actions.ts'
import { useLabState } from '../../state/lab-state-store.ts'
import { dismissLabError, openLab, showStep, useLab } from '../../state/lab-store.ts'
import { settingsStore, useSettings } from '../../state/settings-store.ts'
import { useActiveDraft, useWorkspace } from '../../state/workspace-store.ts'
import { cureFor } from '../../ui/error-words.ts'
import { Heading } from '../../ui/heading.tsx'
import { Problem } from '../../ui/problem.tsx'
import { CalibrationNote } from './calibration.tsx'
import { Differences } from './differences.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Findings } from './findings.tsx'
import { KeyFigures } from './key-figures.tsx'
import classes from './lab.module.css'
import { ResultsTable } from './results-table.tsx'
import { RunFacts } from './run-facts.tsx'
import { RunForm, runFormId } from './run-form.tsx'
import { RunList } from './run-list.tsx'
import { RunPlots } from './run-plots.tsx'
import { LiveFigures, RunProgress } from './run-progress.tsx'
import { SentMessage } from './sent-message.tsx'
import { type LabControl, useLabControl } from './use-lab-control.ts'
import { WorkersTable } from './workers-table.tsx'

/** Where a run sends to: the endpoint of the active socket, or that of a one-way stream. */
function Target() {
  const ofSocket = endpointOf(useActiveDraft())
  const endpoint = useWorkspace(({ lab }) => (lab.measure === 'one-way' ? lab.oneWayEndpoint : ofSocket))
  return (
    <span className={`${classes.target} bytes`} title={endpoint}>
      {endpoint}
    </span>
  )
}

function Actions({ control }: { readonly control: LabControl }) {
  const activity = useLabState(({ activity }) => activity)
  const busy = activity !== 'idle'
  const wrong = Object.keys(control.errors).length > 0
  return (
    <div className={classes.actions}>
      {busy ? (
        <Button key="cancel" color="red.9" leftSection={<IconPlayerStop size={14} />} onClick={control.cancel}>
          {activity === 'calibrating' ? 'Cancel calibration' : 'Cancel run'}
        </Button>
      ) : (
        <Button key="start" type="submit" form={runFormId} disabled={wrong} leftSection={<IconPlayerPlay size={14} />}>
          Start run
        </Button>
      )}
      <Button
        variant="default"
        disabled={busy}
        title="Measure the instrument itself with this message (takes 8 s)"
        leftSection={<IconRulerMeasure size={14} />}
        onClick={control.calibrate}
      >
        Calibrate
      </Button>
      <CloseButton aria-label="Close latency lab" onClick={() => openLab(false)} />
    </div>
  )
}

/** The head stays in view while the rest scrolls. */
function RunRegion({ control }: { readonly control: LabControl }) {
  const activity = useLabState(({ activity }) => activity)
  return (
    <section aria-label="Latency run" className={classes.runRegion}>
      <div className={classes.head}>
        <div className={classes.header}>
          <h2 className={classes.title}>Latency lab</h2>
          <Target />
          <Actions control={control} />
        </div>
        <RunProgress />
      </div>
      <div className={classes.region}>
        <RunForm errors={control.errors} disabled={activity !== 'idle'} onSubmit={control.start} />
        <SentMessage />
        <LiveFigures />
        {control.error ? (
          <Problem
            title={control.error.details?.diagnosis ? `0 replies. ${control.error.message}` : control.error.message}
            cure={cureFor(control.error)}
            onDismiss={control.dismiss}
          />
        ) : null}
      </div>
    </section>
  )
}

function StepChoice({ shown }: { readonly shown: readonly ListedRun[] }) {
  const step = useLab((lab) => lab.step)
  const [first] = shown
  if (!first || first.run.steps.length < 2) return null
  return (
    <NativeSelect
      aria-label="Step in the pictures"
      value={step}
      onChange={(event) => showStep(Number(event.currentTarget.value))}
      data={first.run.steps.map(({ at }, index) => ({
        value: String(index),
        label: stepInWords(first.run.settings, at) ?? String(index + 1),
      }))}
    />
  )
}

const scales = [
  { value: 'logarithmic', label: 'Log' },
  { value: 'linear', label: 'Linear' },
] as const satisfies readonly { value: Settings['labScale']; label: string }[]

/** How the plots place durations: a logarithmic axis shows the many and the slowest few at once. */
function ScaleChoice() {
  const scale = useSettings(({ labScale }) => labScale)
  return (
    <SegmentedControl
      aria-label="Scale of durations"
      transitionDuration={0}
      data={[...scales]}
      value={scale}
      onChange={(labScale) => void saveSettings({ ...settingsStore.getState(), labScale }).catch(report)}
    />
  )
}

function Results() {
  const shown = useLab((lab) => lab.shown)
  const busy = useLabState(({ activity }) => activity !== 'idle')
  const measure = useWorkspace(({ lab }) => lab.measure)
  const measured = measure === 'round-trips' ? 'the round trips of this socket’s message' : kindWords[measure].measured
  // Said beside the runs that it is about.
  const [saved, setSaved] = useState({ words: '', of: shown })
  const [first] = shown
  if (!first && busy) return null
  if (!first) {
    return (
      <section aria-label="Run results" className={classes.empty}>
        <p>
          Press <strong>Start run</strong> to measure {measured}: percentiles, throughput, and whether the figures can
          be trusted.
        </p>
      </section>
    )
  }
  return (
    <section aria-label="Run results" className={classes.results}>
      <Heading
        aside={
          <>
            <StepChoice shown={shown} />
            <ScaleChoice />
            <ExportMenu shown={shown} onDone={(words) => setSaved({ words, of: shown })} />
          </>
        }
      >
        Results
      </Heading>
      {saved.words !== '' && saved.of === shown ? (
        <p role="status" aria-label="Saved" className={classes.note}>
          {saved.words}
        </p>
      ) : null}
      {shown.map(({ id, run }) =>
        run.outcome === 'finished' ? null : (
          <p key={id} className={classes.note}>
            {run.outcome === 'cancelled'
              ? 'This run was cancelled. The figures cover the part that was measured.'
              : (run.problem?.message ?? 'This run failed.')}
          </p>
        ),
      )}
      <KeyFigures shown={shown} />
      <Findings shown={shown} />
      <RunPlots shown={shown} />
      <Differences shown={shown} />
      <ResultsTable shown={shown} />
      <WorkersTable shown={shown} />
      <details className={classes.fold}>
        <summary>When, where and with what</summary>
        <RunFacts shown={shown} />
      </details>
    </section>
  )
}

/** The latency lab, in place of the messages: runs, their figures and plots, and how reliable they are. */
export function LabView() {
  const control = useLabControl()
  const error = useLab((lab) => lab.error)
  const busy = useLabState(({ activity }) => activity !== 'idle')
  return (
    <section aria-label="Latency lab" className={classes.lab} data-busy={busy || undefined}>
      <RunRegion control={control} />
      {error ? <Problem title={error.message} onDismiss={dismissLabError} /> : null}
      <div className={classes.body}>
        <RunList />
        <div className={classes.results}>
          <Results />
          <CalibrationNote />
        </div>
      </div>
    </section>
  )
}
