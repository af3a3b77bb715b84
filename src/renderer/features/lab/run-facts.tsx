import { formatSize } from '../../../shared/format.ts'
import { clientNames } from '../../../shared/lab/client.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
import { type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { routingIdsInWords, settingsInWords } from '../../../shared/lab/words.ts'
import classes from './lab.module.css'

function factsOf(run: LabRun): readonly (readonly [string, string])[] {
  const { settings, message, environment, routingIdPrefix } = run
  const { versions, platform, architecture, processor, cores, memoryBytes } = environment
  const bytes = message.frames.reduce((total, size) => total + size, 0)
  return [
    ['Time', whenMade(run)],
    ['Endpoint', settings.endpoint],
    ['Load', settingsInWords(settings, bytes)],
    ['Measured with', clientNames[settings.client]],
    ...(routingIdPrefix === undefined ? [] : [['Routing ids', routingIdsInWords(routingIdPrefix)] as const]),
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
export function RunFacts({ shown }: { readonly shown: readonly ListedRun[] }) {
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
