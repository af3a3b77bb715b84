import { formatCount } from '../shared/format.ts'
import type { Assertion } from '../shared/lab/assertion.ts'
import { kindOf, kindWords, type OneWayPattern } from '../shared/lab/kind.ts'
import { type Load, labBounds, type Sweep } from '../shared/lab/plan.ts'
import { UsageError } from './failure.ts'

/** What the options say of a load. Several values make a sweep. */
export interface LoadOptions {
  readonly flood: boolean
  readonly oneWay?: OneWayPattern | undefined
  readonly concurrency?: readonly number[] | undefined
  readonly inFlight?: readonly number[] | undefined
  readonly numberRequests: boolean
  readonly rate?: readonly number[] | undefined
  readonly size?: readonly number[] | undefined
}

/** Of a one-way stream, in bytes. */
const defaultSize = 64

/** The load that the options describe. Throws `UsageError` for options that do not go together. */
export function loadOf(options: LoadOptions): Load {
  const { flood, oneWay, rate, inFlight, numberRequests, size, concurrency } = options
  if (numberRequests && inFlight === undefined) {
    throw new UsageError('--number-requests needs --in-flight: only then can replies come out of order.')
  }
  const [ratePerSecond] = rate ?? []
  const paced = ratePerSecond === undefined ? {} : { ratePerSecond }
  if (flood) {
    refuse('--flood', { '--one-way': oneWay, '--in-flight': inFlight })
    return { model: 'flood', concurrency: concurrency?.[0] ?? 1, ...paced }
  }
  if (oneWay !== undefined) {
    refuse('--one-way', { '--in-flight': inFlight, '--concurrency': concurrency })
    const { minimum } = labBounds.stampedSize
    if (size?.some((bytes) => bytes < minimum)) {
      throw new UsageError(
        `Each message of --one-way says which it is and when it was sent: --size is at least ${minimum}.`,
      )
    }
    return { model: 'one-way', pattern: oneWay, size: size?.[0] ?? defaultSize, ...paced }
  }
  if (ratePerSecond !== undefined) {
    refuse('--rate', { '--concurrency': concurrency, '--in-flight': inFlight })
    const { maximum } = labBounds.rate
    if (rate?.some((each) => each > maximum)) {
      throw new UsageError(
        `Requests have a --rate of at most ${formatCount(maximum)}; more needs --flood or --one-way.`,
      )
    }
    return { model: 'open', ratePerSecond }
  }
  const [several] = inFlight ?? []
  return {
    model: 'closed',
    concurrency: concurrency?.[0] ?? 1,
    ...(several === undefined ? {} : { inFlight: several }),
    ...(numberRequests ? { numbered: true } : {}),
  }
}

/** Throws `UsageError` for the first of these options that was given. */
export function refuse(option: string, others: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined && value !== false) throw new UsageError(`${option} cannot be used with ${name}.`)
  }
}

/** The sweep that the options describe. Throws `UsageError` for two. */
export function sweepOf({ rate = [], size = [], concurrency = [], inFlight = [] }: LoadOptions): Sweep | null {
  const swept: readonly Sweep[] = [
    ...(size.length > 1 ? [{ over: 'size' as const, sizes: [...size] }] : []),
    ...(rate.length > 1 ? [{ over: 'rate' as const, rates: [...rate] }] : []),
    ...(inFlight.length > 1 ? [{ over: 'inFlight' as const, inFlight: [...inFlight] }] : []),
    ...(concurrency.length > 1 ? [{ over: 'sockets' as const, sockets: [...concurrency] }] : []),
  ]
  if (swept.length > 1)
    throw new UsageError(
      'Sweep over sizes, over rates, over numbers of sockets or of requests in flight, not over two.',
    )
  return swept[0] ?? null
}

/** Throws `UsageError` for a condition on a figure that the load does not have. */
export function checkAssertions(load: Load, assertions: readonly Assertion[]): void {
  const kind = kindOf(load)
  for (const { metric, text } of assertions) {
    if (metric.of.includes(kind)) continue
    if (kind === 'round-trips' && metric.ofNumbered) {
      if (load.model === 'closed' && load.numbered) continue
      throw new UsageError(`--assert ${text}: ${metric.name} needs --number-requests, or a one-way stream.`)
    }
    throw new UsageError(`--assert ${text}: ${metric.name} is no figure of ${kindWords[kind].measured}.`)
  }
}
