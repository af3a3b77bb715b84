import type { ReactNode } from 'react'
import { type ConnectionOptions, defaultConnectionOptions } from '../../../../shared/connection.ts'
import { formatCount, formatDuration, formatSize } from '../../../../shared/format.ts'
import type { LabRun } from '../../../../shared/lab/result.ts'
import { settingsInWords } from '../../../../shared/lab/words.ts'
import { counted } from '../plots/labels.ts'
import { Given } from './given.tsx'
import { momentOf } from './report-rows.ts'

const outcomes: Record<LabRun['outcome'], string> = {
  finished: 'finished',
  cancelled: 'cancelled: the figures cover the part that was measured',
  failed: 'failed',
}

const optionWords: { readonly [Key in keyof ConnectionOptions]: (value: ConnectionOptions[Key]) => string } = {
  linger: (value) => `linger ${value} ms`,
  sendHighWaterMark: (value) => `send high-water mark ${value}`,
  receiveHighWaterMark: (value) => `receive high-water mark ${value}`,
  reconnectInterval: (value) => `reconnect interval ${value} ms`,
  ipv6: (value) => `IPv6 ${value ? 'on' : 'off'}`,
  relaxedCorrelate: (value) => `relaxed and correlate ${value ? 'on' : 'off'}`,
}

/** The options that differ from their defaults. */
function optionsInWords(options: ConnectionOptions): string {
  const ifChanged = <Key extends keyof ConnectionOptions>(key: Key): string[] =>
    options[key] === defaultConnectionOptions[key] ? [] : [optionWords[key](options[key])]
  const words = [
    ...ifChanged('linger'),
    ...ifChanged('sendHighWaterMark'),
    ...ifChanged('receiveHighWaterMark'),
    ...ifChanged('reconnectInterval'),
    ...ifChanged('ipv6'),
    ...ifChanged('relaxedCorrelate'),
  ]
  return words.length === 0 ? 'defaults' : words.join(', ')
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
  const { settings, environment, problem } = run
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
      <Fact name="Message">{messageInWords(run)}</Fact>
      <Fact name="Timeout">{formatDuration(settings.timeoutMs * 1e6)}</Fact>
      <Fact name="Socket options">{optionsInWords(settings.options)}</Fact>
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
