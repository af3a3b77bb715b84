import type { ReactNode } from 'react'
import { formatCount, formatDuration, formatSize } from '../shared/format.ts'
import { clientNames } from '../shared/lab/client.ts'
import type { LabRun } from '../shared/lab/result.ts'
import { routingIdsInWords, settingsInWords } from '../shared/lab/words.ts'
import { optionsInWords } from '../shared/zmq/option-words.ts'
import { Given } from './given.tsx'
import { counted } from './plots/labels.ts'
import { momentOf } from './report-rows.ts'

const outcomes: Record<LabRun['outcome'], string> = {
  finished: 'finished',
  cancelled: 'cancelled: the figures cover the part that was measured',
  failed: 'failed',
}

function messageInWords({ message: { frames, encodeNs }, settings }: LabRun): string {
  if (settings.sweep?.over === 'size') return 'one filler frame of each size'
  const sizes = frames.length > 1 && frames.length <= 8 ? ` (${frames.map(formatSize).join(', ')})` : ''
  const total = frames.reduce((sum, size) => sum + size, 0)
  const encoded = encodeNs === null ? '' : `, encoded in ${formatDuration(encodeNs)} before the run`
  return `${formatSize(total)} in ${counted(frames.length, 'frame')}${sizes}${encoded}`
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** How, where and with what software a run was made. */
export function RunFacts({ run }: { readonly run: LabRun }) {
  const { settings, environment, problem, routingIdPrefix } = run
  const bytes = run.message.frames.reduce((sum, size) => sum + size, 0)
  const { platform, architecture, processor, cores, memoryBytes, versions } = environment
  return (
    <dl>
      <Fact name="Started">
        {momentOf(run.startedAt)}, {outcomes[run.outcome]}
      </Fact>
      {problem ? (
        <Fact name="Problem">
          <Given text={problem.message} /> {problem.diagnosis === null ? null : <Given text={problem.diagnosis} />}
        </Fact>
      ) : null}
      <Fact name="Endpoint">
        <Given text={settings.endpoint} />
      </Fact>
      <Fact name="Load">{settingsInWords(settings, bytes)}</Fact>
      <Fact name="Measured with">{clientNames[settings.client]}</Fact>
      <Fact name="Message">{messageInWords(run)}</Fact>
      <Fact name="Timeout">{formatDuration(settings.timeoutMs * 1e6)}</Fact>
      <Fact name="Socket options">
        <Given text={optionsInWords(settings.options)} />
      </Fact>
      {routingIdPrefix === undefined ? null : (
        <Fact name="Routing ids">
          <Given text={routingIdsInWords(routingIdPrefix)} />
        </Fact>
      )}
      <Fact name="Machine">
        <Given
          text={`${processor}, ${counted(cores, 'core')}, ${formatSize(memoryBytes)}, ${platform} ${architecture}`}
        />
      </Fact>
      <Fact name="Software">
        <Given
          text={Object.entries(versions)
            .map(([name, version]) => `${name} ${version}`)
            .join(', ')}
        />
      </Fact>
      {run.steps.length === 0 ? <Fact name="Figures">none</Fact> : null}
      {run.steps.length > 1 ? <Fact name="Steps">{formatCount(run.steps.length)}</Fact> : null}
    </dl>
  )
}
