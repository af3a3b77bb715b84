import { formatClock, formatCount, formatDuration, formatRate } from '../format.ts'
import { sourceWords } from '../values/source.ts'
import type { AgeState, RateState, SequenceState, WatchState } from './state.ts'
import type { Watch } from './watch.ts'

const nanosecondsPerMillisecond = 1e6

const duration = (milliseconds: number): string => formatDuration(milliseconds * nanosecondsPerMillisecond)

/** What a watch looks at. */
export function watchWords(watch: Watch): string {
  const of = watch.topic === null ? [] : [`of ${watch.topic.text}`]
  switch (watch.kind) {
    case 'sequence':
      return [sourceWords(watch.source), ...of, ...(watch.perTopic ? ['each first frame for itself'] : [])].join(', ')
    case 'age':
      return [
        sourceWords(watch.source),
        ...of,
        ...(watch.lateMs === null ? [] : [`late from ${duration(watch.lateMs)}`]),
      ].join(', ')
    case 'rate':
      return [
        ...(watch.silentSeconds === null ? [] : [`silent for ${watch.silentSeconds} s`]),
        ...(watch.overPerSecond === null ? [] : [`over ${formatRate(watch.overPerSecond)}`]),
        ...of,
      ].join(', ')
  }
}

const some = (count: number, words: string): readonly string[] =>
  count === 0 ? [] : [`${formatCount(count)} ${words}`]

function sequenceWords({ seen, missing, gaps, repeated, reordered, restarts, last }: SequenceState): readonly string[] {
  if (last === null) return seen === 0 ? ['no message yet'] : []
  return [
    missing === 0
      ? 'nothing missing'
      : `${formatCount(missing)} missing in ${gaps === 1 ? '1 gap' : `${formatCount(gaps)} gaps`}`,
    ...some(repeated, 'repeated'),
    ...some(reordered, 'out of order'),
    ...some(restarts, restarts === 1 ? 'new beginning' : 'new beginnings'),
    `last ${last}`,
  ]
}

function ageWords({ ages, late, seen }: AgeState): readonly string[] {
  if (ages === null) return seen === 0 ? ['no message yet'] : []
  return [
    `newest ${duration(ages.newest)}`,
    `p50 ${duration(ages.p50)}`,
    `p99 ${duration(ages.p99)}`,
    `max ${duration(ages.max)}`,
    ...some(late, 'late'),
  ]
}

function rateWords({ alarm, since, seen }: RateState): readonly string[] {
  const at = since === null ? '' : ` since ${formatClock(since)}`
  return [alarm === null ? 'no alarm' : `${alarm === 'silent' ? 'silent' : 'too many'}${at}`, ...some(seen, 'received')]
}

/** What a watch has found. */
export function stateWords(state: WatchState): string {
  const found =
    state.kind === 'sequence' ? sequenceWords(state) : state.kind === 'age' ? ageWords(state) : rateWords(state)
  return [...found, ...some(state.without, 'without the value')].join(' · ')
}

/** What clocks say of ages: those of two machines differ. */
export function clockWords(state: WatchState): string | null {
  if (state.kind !== 'age' || state.ages === null || state.ages.min >= 0) return null
  return `The sender's clock is ahead of this one, by ${duration(-state.ages.min)} or more: ages are too low by as much.`
}
