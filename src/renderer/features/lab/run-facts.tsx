import { formatClock, formatDay, formatSize } from '../../../shared/format.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
import { settingsInWords } from '../../../shared/lab/words.ts'
import type { ShownRun } from '../../state/lab-store.ts'
import classes from './lab.module.css'

function factsOf({ startedAt, settings, message, environment }: LabRun): readonly (readonly [string, string])[] {
  const { versions, platform, architecture, processor, cores, memoryBytes } = environment
  const bytes = message.frames.reduce((total, size) => total + size, 0)
  return [
    ['Time', `${formatDay(startedAt)} ${formatClock(startedAt).slice(0, 8)}`],
    ['Endpoint', settings.endpoint],
    ['Load', settingsInWords(settings, bytes)],
    [
      'Software',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['Machine', `${platform} ${architecture}, ${processor}, ${cores} cores, ${formatSize(memoryBytes)}`],
  ]
}

/** When, where and with what settings and software the runs were made. */
export function RunFacts({ shown }: { readonly shown: readonly ShownRun[] }) {
  return shown.map(({ id, run }) => (
    <div key={id}>
      {shown.length > 1 ? <h3 className={classes.factsName}>{run.name}</h3> : null}
      <dl className={`${classes.facts} selectable`}>
        {factsOf(run).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  ))
}
