import { Button, CloseButton, Progress, TextInput } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { type ProbeReport, speaksZeroMq } from '../../../shared/probe/report.ts'
import { report } from '../../report.ts'
import { cancelProbe, closeProbe, probeStore, startProbe, useProbe } from '../../state/probe-store.ts'
import classes from './probe.module.css'
import { ReportCard } from './report-card.tsx'

/** What came of a range of ports, in a sentence. */
function rangeWords(reports: readonly ProbeReport[], ports: number): string {
  const speaking = reports.filter(speaksZeroMq).length
  const of = `${formatCount(ports)} ${ports === 1 ? 'port' : 'ports'}`
  if (reports.length === 0) return `Nobody listens at ${ports === 1 ? 'the port' : `any of ${of}`}.`
  return `Of ${of}, ${formatCount(reports.length)} ${reports.length === 1 ? 'accepts' : 'accept'} connections, and ${speaking === 0 ? 'none speaks' : speaking === 1 ? 'one speaks' : `${formatCount(speaking)} speak`} ZeroMQ.`
}

/** Those that speak ZeroMQ first. */
const inOrder = (reports: readonly ProbeReport[]): readonly ProbeReport[] => [
  ...reports.filter(speaksZeroMq),
  ...reports.filter((each) => !speaksZeroMq(each)),
]

function Found() {
  const reports = useProbe(({ reports }) => reports)
  const ports = useProbe(({ ports }) => ports)
  const ofPorts = useProbe(({ ofPorts }) => ofPorts)
  const isDone = useProbe(({ isDone }) => isDone)
  const progress = useProbe(({ progress }) => progress)
  return (
    <>
      {progress ? (
        <div className={classes.progress}>
          <Progress
            className={classes.bar ?? ''}
            value={(progress.done / progress.total) * 100}
            aria-label="How far the probe is"
          />
          {progress.total > 1 ? (
            <span>
              {formatCount(progress.done)} of {formatCount(progress.total)}
            </span>
          ) : null}
        </div>
      ) : null}
      <div role="status" aria-label="Answer" className={classes.summary}>
        {isDone && ports > 0 ? rangeWords(ofPorts, ports) : ''}
      </div>
      <ul aria-label="Answers" aria-live="polite" className={classes.list}>
        {inOrder(reports).map((each) => (
          <ReportCard key={`${each.endpoint} ${reports.length === 1}`} report={each} isOnly={reports.length === 1} />
        ))}
      </ul>
    </>
  )
}

/** What answers at endpoints: asked without ZeroMQ, by one short connection each. */
export function ProbePanel() {
  const isOpen = useProbe(({ isOpen }) => isOpen)
  const text = useProbe(({ text }) => text)
  const error = useProbe(({ error }) => error)
  const isRunning = useProbe(({ progress }) => progress !== null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const { progress, reports, isDone } = probeStore.getState()
    // Whoever asked for a range by name has yet to start it.
    if (progress === null && reports.length === 0 && !isDone) field.current?.select()
  }, [])
  if (!isOpen) return null
  return (
    <section aria-label="Probe" className={classes.panel}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          startProbe().catch(report)
        }}
      >
        <h2 className={classes.heading}>What is there?</h2>
        <TextInput
          ref={field}
          aria-label="Endpoints to probe"
          placeholder="tcp://127.0.0.1:5555 tcp://127.0.0.1:6000-7000"
          title="Endpoints, or ports of this machine as a range. Separate them with spaces."
          className={classes.field ?? ''}
          classNames={{ input: 'bytes' }}
          maxLength={4096}
          spellCheck={false}
          value={text}
          error={error}
          onChange={(event) => probeStore.setState({ text: event.currentTarget.value, error: null })}
        />
        {isRunning ? (
          <Button variant="default" onClick={() => cancelProbe().catch(report)}>
            Stop probing
          </Button>
        ) : (
          <Button type="submit" variant="default" leftSection={<IconRadar2 size={14} />}>
            Probe
          </Button>
        )}
        <CloseButton aria-label="Close the probe" onClick={() => closeProbe().catch(report)} />
      </form>
      <Found />
    </section>
  )
}
