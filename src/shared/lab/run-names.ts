import { formatDuration, formatSize } from '../format.ts'
import { optionRows, optionsOf } from '../zmq/options.ts'
import { securityKinds } from '../zmq/security.ts'
import { clientNames } from './client.ts'
import type { LabSettings } from './plan.ts'
import type { LabRun } from './result.ts'
import { sweepInWords } from './sweep.ts'
import { countedIn, keptInWords, loadInWords, plural, runName } from './words.ts'

/** What a run can be told by, in the order in which it is said: a name of it, and its words. */
export type Aspects = readonly (readonly [aspect: string, words: string])[]

const messageBytesOf = ({ message }: Pick<LabRun, 'message'>): number =>
  message.frames.reduce((total, size) => total + size, 0)

/** What a run without a name of its own can be told by; null for one that a person has named. */
export function aspectsOf(run: Pick<LabRun, 'name' | 'settings' | 'message'>): Aspects | null {
  const bytes = messageBytesOf(run)
  const { settings } = run
  const { sweep } = settings
  if (run.name !== runName(settings, bytes)) return null
  const [model = '', amount = ''] = loadInWords(settings.load).split(', ')
  return [
    ['model', model],
    ...(sweep !== null && sweep.over !== 'size'
      ? ([
          ['kept', keptInWords(settings.load) ?? 'no numbers'],
          ['load', sweepInWords(sweep)],
        ] as const)
      : ([['load', amount]] as const)),
    ['message', sweep?.over === 'size' ? sweepInWords(sweep) : formatSize(bytes)],
    ['length', lengthInWords(settings)],
    ['warm-up', `${formatDuration(settings.warmUpMs * 1e6)} of warm-up`],
    ['timeout', `timeout ${formatDuration(settings.timeoutMs * 1e6)}`],
    ['endpoint', settings.endpoint],
    ['security', securityInWords(settings)],
    ['workers', plural(settings.workers, 'worker')],
    ['client', `with ${clientNames[settings.client]}`],
    ['options', optionsInWords(settings)],
  ]
}

const lengthInWords = ({ length, load }: LabSettings): string =>
  length.by === 'duration' ? formatDuration(length.milliseconds * 1e6) : plural(length.requests, countedIn(load))

const securityInWords = ({ security: { kind } }: LabSettings): string =>
  kind === 'none' ? 'no security' : securityKinds[kind].mechanism

/** The options that are not as usual: `Immediate on, Send high-water mark 5`. */
function optionsInWords({ options }: LabSettings): string {
  const changed = optionsOf('req').filter((key) => options[key] !== optionRows[key].usual)
  if (changed.length === 0) return 'usual options'
  return changed
    .map((key) => {
      const value = options[key]
      return `${optionRows[key].name} ${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`
    })
    .join(', ')
}

/**
 * Short names for runs among others: what differs between those that nobody has named, such as `4 sockets`. The name of
 * a run stays where a person gave it, and where nothing differs.
 */
export function namesByDifference(
  runs: readonly { readonly name: string; readonly aspects: Aspects | null }[],
): readonly string[] {
  const words = new Map<string, Set<string>>()
  for (const [aspect, said] of runs.flatMap(({ aspects }) => aspects ?? [])) {
    words.set(aspect, (words.get(aspect) ?? new Set()).add(said))
  }
  return runs.map(({ name, aspects }) => {
    const differing = (aspects ?? []).filter(([aspect]) => (words.get(aspect)?.size ?? 0) > 1).map(([, said]) => said)
    const joined = differing.join(', ')
    return joined === '' ? name : joined.charAt(0).toUpperCase() + joined.slice(1)
  })
}
