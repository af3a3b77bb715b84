import type { LabSettings, LabStep, RunLength } from './plan.ts'

/** The part of a load that one of several workers makes. */
export interface Share {
  /** Which of them it is, from 0. */
  readonly index: number
  readonly of: number
}

export const wholeShare: Share = { index: 0, of: 1 }

/** What each gets of `whole` things, none more than one more than another: the first ones get what is left. */
export const partOf = (whole: number, { index, of }: Share): number =>
  Math.floor(whole / of) + (index < whole % of ? 1 : 0)

/** How many of `whole` come before those of this share. */
const before = (whole: number, { index, of }: Share): number =>
  Math.floor(whole / of) * index + Math.min(index, whole % of)

/** A step as one worker makes it. */
export interface SharedStep {
  readonly step: LabStep
  readonly length: RunLength
}

/**
 * A worker's part of a step; null where it has none of it, because there are fewer sockets or requests than workers. A
 * closed loop's sockets and a flood's are divided, and requests or messages as the sockets are. The rate stays that of the
 * whole: each worker sends every `of`-th request or message (`OpenLoop`, `FloodLoop`). A one-way stream is made by one.
 */
export function sharedStep(step: LabStep, { length }: Pick<LabSettings, 'length'>, share: Share): SharedStep | null {
  const { load } = step
  if (load.model === 'open' || load.model === 'one-way') return { step, length }
  const concurrency = partOf(load.concurrency, share)
  if (concurrency === 0) return null
  const mine = { ...step, load: { ...load, concurrency } }
  if (length.by === 'duration') return { step: mine, length }
  const upTo = (sockets: number) => Math.floor((length.requests * sockets) / load.concurrency)
  const first = before(load.concurrency, share)
  const requests = upTo(first + concurrency) - upTo(first)
  return requests === 0 ? null : { step: mine, length: { by: 'count', requests } }
}

/** Why a load cannot be made by so many, as a sentence; null where it can. */
export function tooManyWorkers({
  load,
  sweep,
  workers,
}: Pick<LabSettings, 'load' | 'sweep' | 'workers'>): string | null {
  if (load.model === 'open') return null
  if (load.model === 'one-way')
    return workers === 1 ? null : 'A one-way stream has one sender and one receiver, so one worker.'
  const sockets = sweep?.over === 'sockets' ? Math.max(...sweep.sockets) : load.concurrency
  return workers <= sockets ? null : `${workers} workers need at least ${workers} sockets, one each.`
}
