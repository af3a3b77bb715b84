import { Button } from '@mantine/core'
import { IconLock, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { formatDuration } from '../../../shared/format.ts'
import { type ProbeReport, type ProbeStep, speaksZeroMq } from '../../../shared/probe/report.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { type SecurityKind, securityKinds } from '../../../shared/zmq/security.ts'
import { report as reportFailure } from '../../report.ts'
import { openSession } from '../../state/actions.ts'
import { openPeer } from '../../state/open-peer.ts'
import { closeProbe } from '../../state/probe-store.ts'
import { chooseSecurity } from '../../state/security-actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { StatusDot, type Tone } from '../../ui/status-dot.tsx'
import classes from './probe.module.css'

const stepNames: Readonly<Record<ProbeStep['step'], string>> = {
  resolve: 'Look up',
  connect: 'Connect',
  greeting: 'Greeting',
  handshake: 'Handshake',
  close: 'Close',
}

/** A handshake that goes no further without credentials is what was to be found out. */
const isFailure = ({ outcome, facts }: ProbeStep): boolean =>
  outcome === 'failed' && facts.handshake !== 'needs-credentials'

function Steps({ steps }: { readonly steps: readonly ProbeStep[] }) {
  return (
    <table className={classes.steps}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">Address</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name, and a report stays as it is
          <tr key={index} data-failed={isFailure(each) || undefined}>
            <th scope="row">{stepNames[each.step]}</th>
            <td className={classes.time}>{each.ns === 0 ? '' : formatDuration(each.ns)}</td>
            <td className="bytes">{each.address ?? ''}</td>
            <td className={classes.detail}>{each.detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The security that a client of it needs. */
const clientOf: Readonly<Record<string, SecurityKind>> = { PLAIN: 'plain-client', CURVE: 'curve-client' }

/** Whether it is about the endpoint of the socket that is shown. */
const isOwn = ({ endpoint }: ProbeReport, { attach }: SocketDraft): boolean =>
  attach.some((each) => each.how === 'connect' && each.endpoint.trim() === endpoint)

/** Whether the socket that is shown can talk to it, as far as both tell. */
function fitsTo({ talksTo, mechanism }: ProbeReport, { pattern, security }: SocketDraft): boolean {
  const isType = talksTo.length === 0 || talksTo.includes(pattern)
  return isType && (mechanism === null || mechanism === securityKinds[security.kind].mechanism)
}

function toneOf(report: ProbeReport, draft: SocketDraft): Tone {
  if (!report.reachable) return 'off'
  if (!speaksZeroMq(report)) return 'bad'
  return isOwn(report, draft) && !fitsTo(report, draft) ? 'bad' : 'good'
}

interface ReportCardProps {
  readonly report: ProbeReport
  /** Whether it is the only one: it is then shown with its steps, and no longer needed once something was done about it. */
  readonly isOnly: boolean
}

/** What can be done about an answer, with one button each. */
function Actions({ report, isOnly }: ReportCardProps) {
  const draft = useActiveDraft()
  const isOpen = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
  const { talksTo, endpoint, mechanism } = report
  const isHere = isOwn(report, draft)
  const fits = isHere && talksTo.includes(draft.pattern)
  const [first] = talksTo
  const wanted = mechanism === null ? undefined : clientOf[mechanism]
  const act = (action: () => Promise<void>) => () => {
    const done = async () => {
      await action()
      if (isOnly) await closeProbe()
    }
    done().catch(reportFailure)
  }
  return (
    <>
      {fits && !isOpen ? (
        <Button variant="default" leftSection={<IconPlugConnected size={14} />} onClick={act(() => openSession(draft))}>
          Connect
        </Button>
      ) : null}
      {!fits && first !== undefined ? (
        <Button leftSection={<IconPlus size={14} />} onClick={act(() => openPeer(first, endpoint))}>
          Open a {patternOf(first).label}
        </Button>
      ) : null}
      {isHere && wanted !== undefined && draft.security.kind !== wanted ? (
        <Button leftSection={<IconLock size={14} />} onClick={act(() => chooseSecurity(draft.id, wanted))}>
          Use {mechanism}
        </Button>
      ) : null}
    </>
  )
}

/** What is behind one endpoint. */
export function ReportCard({ report, isOnly }: ReportCardProps) {
  const draft = useActiveDraft()
  const { endpoint, verdict, steps } = report
  const [isUnfolded, setUnfolded] = useState(isOnly)
  return (
    <li className={classes.card}>
      <div className={classes.answer}>
        <StatusDot tone={toneOf(report, draft)} />
        <div className={classes.words}>
          <div className={classes.verdict}>{verdict}</div>
          <code className={classes.endpoint}>{endpoint}</code>
        </div>
        <div className={classes.actions}>
          <Actions report={report} isOnly={isOnly} />
          {steps.length > 0 ? (
            <Button variant="subtle" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
              {isUnfolded ? 'Hide steps' : 'Show steps'}
            </Button>
          ) : null}
        </div>
      </div>
      {isUnfolded && steps.length > 0 ? <Steps steps={steps} /> : null}
    </li>
  )
}
