import { formatCount, formatDuration, formatRate, formatSize } from '../format.ts'
import { securityKinds } from '../zmq/security.ts'
import { clientNames } from './client.ts'
import { kindOf, type OneWayPattern } from './kind.ts'
import type { FloodLoad, LabSettings, Load, OneWayLoad } from './plan.ts'
import { sweepInWords, sweepWords } from './sweep.ts'

/** `1 socket`, `2 sockets`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

const loadModelOf = ({ model }: Load): string =>
  model === 'flood' ? 'PUSH flood' : model === 'one-way' ? 'one way' : `${model} loop`

/** The sockets of a one-way stream: `PUSH to PULL`. */
export const oneWayInWords: Readonly<Record<OneWayPattern, string>> = {
  'push-pull': 'PUSH to PULL',
  'pub-sub': 'PUB to SUB',
}

export const loadInWords = (load: Load): string => `${loadModelOf(load)}, ${amountInWords(load)}`

function amountInWords(load: Load): string {
  switch (load.model) {
    case 'closed':
      return socketsInWords(load)
    case 'open':
      return formatRate(load.ratePerSecond)
    case 'flood':
      return `${plural(load.concurrency, 'socket')}${paceInWords(load)}`
    case 'one-way':
      return `${oneWayInWords[load.pattern]}${paceInWords(load)}`
  }
}

const paceInWords = ({ ratePerSecond }: FloodLoad | OneWayLoad): string =>
  ratePerSecond === undefined ? '' : ` at ${formatRate(ratePerSecond)}`

/** What a sweep leaves as it is: `PUB to SUB`, `numbered requests`; null where there is nothing to say. */
export function keptInWords(load: Load): string | null {
  if (load.model === 'one-way') return oneWayInWords[load.pattern]
  return load.model === 'closed' && load.numbered ? 'numbered requests' : null
}

function socketsInWords({ concurrency, inFlight, numbered }: Extract<Load, { model: 'closed' }>): string {
  if (inFlight === undefined) return plural(concurrency, 'socket')
  return `${plural(concurrency, 'DEALER socket')} with ${formatCount(inFlight)} ${numbered ? 'numbered ' : ''}in flight`
}

/** The load of a run with its message: `closed loop, 1 socket, 12 B, CURVE`. */
export function runLoadInWords({ load, sweep, security, workers }: LabSettings, messageBytes: number): string {
  const size = sweep?.over === 'size' ? sweepInWords(sweep) : formatSize(messageBytes)
  const how =
    sweep === null || sweep.over === 'size'
      ? loadInWords(load)
      : [loadModelOf(load), keptInWords(load), sweepInWords(sweep)].filter((words) => words !== null).join(', ')
  const secured = security.kind === 'none' ? '' : `, ${securityKinds[security.kind].mechanism}`
  return `${how}, ${size}${secured}${workers === 1 ? '' : `, ${plural(workers, 'worker')}`}`
}

/** Of what a number ends a run. */
export const countedIn = (load: Load): string => (kindOf(load) === 'round-trips' ? 'request' : 'message')

function lengthInWords({ length, warmUpMs, sweep, load }: LabSettings): string {
  const long =
    length.by === 'duration' ? formatDuration(length.milliseconds * 1e6) : plural(length.requests, countedIn(load))
  const each = sweep ? ' each' : ''
  const warmUp = warmUpMs === 0 ? '' : ` after ${formatDuration(warmUpMs * 1e6)} of warm-up`
  return `${long}${each}${warmUp}`
}

/** A run's settings on one line: `closed loop, 1 socket, 12 B, CURVE, 10.0 s after 1.00 s of warm-up`. */
export const settingsInWords = (settings: LabSettings, messageBytes: number): string =>
  `${runLoadInWords(settings, messageBytes)}, ${lengthInWords(settings)}`

/** The same where nothing else tells what speaks: `closed loop, 1 socket, 12 B, CURVE, libzmq, 10.0 s`. */
export const settingsWithClientInWords = (settings: LabSettings, messageBytes: number): string =>
  `${runLoadInWords(settings, messageBytes)}, ${clientNames[settings.client]}, ${lengthInWords(settings)}`

/** A run's default name: `Closed loop, 1 socket, 12 B`. Its client and its length are shown separately. */
export function runName(settings: LabSettings, messageBytes: number): string {
  const words = runLoadInWords(settings, messageBytes)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The name of a sweep's step, such as its size; null without a sweep. */
export function stepInWords({ sweep }: LabSettings, at: number | null): string | null {
  if (sweep === null || at === null) return null
  return sweepWords[sweep.over].format(at)
}

/** What the routing ids of a run against the application's own echo server are for. */
export const routingIdsInWords = (prefix: string): string =>
  `${prefix}1, ${prefix}2 … By them, the echo server recognises these messages. It does not log them one by one.`
