import { formatEndpoint, parseEndpoint } from '../../../shared/endpoint.ts'
import { formatCount, formatSize } from '../../../shared/format.ts'
import { clientFor, type Measured, onlyZmtp } from '../../../shared/lab/client.ts'
import { type LabSettings, type Load, labBounds, type RunLength, type Sweep } from '../../../shared/lab/plan.ts'
import { tooManyWorkers } from '../../../shared/lab/share.ts'
import { reasonOf } from '../../../shared/reason.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import { defaultSocketOptions } from '../../../shared/zmq/options.ts'

export type LabField =
  | 'concurrency'
  | 'rate'
  | 'duration'
  | 'requests'
  | 'warmUp'
  | 'timeout'
  | 'sizes'
  | 'rates'
  | 'sockets'
  | 'inFlight'
  | 'inFlights'
  | 'client'
  | 'messageRate'
  | 'size'
  | 'oneWayEndpoint'
  | 'workers'

export type LabErrors = Partial<Record<LabField, string>>

interface Bounds {
  readonly minimum: number
  readonly maximum: number
}

const millisecondsPerSecond = 1000
const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, kib: 1024, m: 1024 ** 2, mib: 1024 ** 2 }

const plain = (text: string): number => (/^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN)

/** Reads numbers within bounds; returns NaN and records an error for anything else. */
class FormReader {
  readonly errors: LabErrors = {}

  number(field: LabField, text: string, { minimum, maximum }: Bounds, whole: boolean): number {
    const value = plain(text)
    if (value >= minimum && value <= maximum && (!whole || Number.isInteger(value))) return value
    const kind = whole ? 'Whole number' : 'Number'
    this.errors[field] = `${kind} from ${minimum < 1 ? minimum : formatCount(minimum)} to ${formatCount(maximum)}`
    return Number.NaN
  }

  /** Reads seconds, returns milliseconds. */
  seconds(field: LabField, text: string, { minimum, maximum }: Bounds): number {
    const milliseconds = Math.round(plain(text) * millisecondsPerSecond)
    if (milliseconds >= minimum && milliseconds <= maximum) return milliseconds
    const [least, most] = [minimum / millisecondsPerSecond, maximum / millisecondsPerSecond]
    this.errors[field] = `Seconds from ${least} to ${formatCount(most)}`
    return Number.NaN
  }

  list(field: LabField, text: string, { minimum, maximum }: Bounds, say: (value: number) => string): number[] {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)|[^\s,;]+/gi)]
    const values = parts.map(([, amount, unit = '']) => Number(amount) * (units[unit.toLowerCase()] ?? Number.NaN))
    const wrong = values.findIndex((value) => !(value >= minimum && value <= maximum))
    const { maximum: most } = labBounds.sweepSteps
    if (values.length === 0) this.errors[field] = `Enter at least one, such as ${say(minimum * 10)}`
    else if (values.length > most) this.errors[field] = `At most ${most}`
    else if (wrong >= 0)
      this.errors[field] = `Expected ${say(minimum)} to ${say(maximum)}, found '${parts[wrong]?.[0]}'`
    return values
  }
}

/** Where a one-way stream goes: both ends bind or connect there. */
function readEndpoint(reader: FormReader, text: string): string {
  try {
    const endpoint = parseEndpoint(text, 'bind')
    if (endpoint.scheme === 'tcp' || endpoint.scheme === 'ipc') return formatEndpoint(endpoint)
    reader.errors.oneWayEndpoint = 'tcp or ipc: the two ends are in different threads'
  } catch (thrown) {
    reader.errors.oneWayEndpoint = reasonOf(thrown)
  }
  return text
}

function readCounts(reader: FormReader, field: LabField, text: string, bounds: Bounds): number[] {
  const counts = reader.list(field, text, bounds, formatCount)
  if (counts.some((count) => !Number.isInteger(count))) reader.errors[field] ??= 'Whole numbers only'
  return counts
}

const ratesOf = ({ measure }: LabDraft): Bounds => (measure === 'round-trips' ? labBounds.rate : labBounds.messageRate)

function readSweep(reader: FormReader, draft: LabDraft): Sweep | null {
  if (draft.sweep === 'size') {
    const bounds = draft.measure === 'one-way' ? labBounds.stampedSize : labBounds.size
    const sizes = reader.list('sizes', draft.sizes, bounds, formatSize)
    if (sizes.some((size) => !Number.isInteger(size))) reader.errors.sizes ??= 'Whole bytes only'
    return { over: 'size', sizes }
  }
  if (draft.sweep === 'none') return null
  if (draft.sweep === 'sockets') {
    return { over: 'sockets', sockets: readCounts(reader, 'sockets', draft.sockets, labBounds.concurrency) }
  }
  if (draft.sweep === 'inFlight') {
    return { over: 'inFlight', inFlight: readCounts(reader, 'inFlights', draft.inFlights, labBounds.inFlight) }
  }
  return {
    over: 'rate',
    rates: reader.list('rates', draft.rates, ratesOf(draft), (rate) => `${rate < 1 ? rate : formatCount(rate)} /s`),
  }
}

function readLoad(reader: FormReader, draft: LabDraft, sweep: Sweep | null): Load {
  if (draft.model === 'closed' && sweep?.over !== 'rate') {
    const concurrency = readConcurrency(reader, draft, sweep)
    if (draft.pattern === 'req') return { model: 'closed', concurrency }
    const inFlight =
      sweep?.over === 'inFlight'
        ? (sweep.inFlight[0] ?? 1)
        : reader.number('inFlight', draft.inFlight, labBounds.inFlight, true)
    return { model: 'closed', concurrency, inFlight, ...(draft.pattern === 'numbered' ? { numbered: true } : {}) }
  }
  // In a sweep over rates, the sweep defines the rate, as others define the number of sockets or of requests in flight.
  const ratePerSecond =
    sweep?.over === 'rate' ? (sweep.rates[0] ?? 1) : reader.number('rate', draft.rate, labBounds.rate, false)
  return { model: 'open', ratePerSecond }
}

const readConcurrency = (reader: FormReader, draft: LabDraft, sweep: Sweep | null): number =>
  sweep?.over === 'sockets'
    ? (sweep.sockets[0] ?? 1)
    : reader.number('concurrency', draft.concurrency, labBounds.concurrency, true)

/** The load of messages that nobody answers. */
function readStream(reader: FormReader, draft: LabDraft, sweep: Sweep | null): Load {
  const swept = sweep?.over === 'rate' ? (sweep.rates[0] ?? 1) : null
  const rate = () => swept ?? reader.number('messageRate', draft.messageRate, labBounds.messageRate, false)
  const paced = draft.pace === 'rate' ? { ratePerSecond: rate() } : {}
  if (draft.measure === 'flood') {
    return { model: 'flood', concurrency: readConcurrency(reader, draft, sweep), ...paced }
  }
  const size =
    sweep?.over === 'size' ? (sweep.sizes[0] ?? 0) : reader.number('size', draft.size, labBounds.stampedSize, true)
  return { model: 'one-way', pattern: draft.oneWay, size, ...paced }
}

function readLength(reader: FormReader, draft: LabDraft): RunLength {
  return draft.length === 'duration'
    ? { by: 'duration', milliseconds: reader.seconds('duration', draft.duration, labBounds.durationMs) }
    : { by: 'count', requests: reader.number('requests', draft.requests, labBounds.count, true) }
}

/** What the form and the socket say of a run, but for its security and its client. */
export type FormSettings = Omit<LabSettings, 'security' | 'client'>

/** Why what was chosen cannot measure the load; null where it can. */
function problemWithClient(draft: LabDraft, measured: Measured): string | null {
  const isDealer = draft.measure === 'round-trips' && draft.model === 'closed' && draft.pattern !== 'req'
  return isDealer && clientFor(draft.client, measured) !== 'zmtp' ? onlyZmtp : null
}

/** The settings that the form describes, or what is wrong with its fields. */
export function readForm(
  draft: LabDraft,
  measured: Measured,
):
  | { readonly settings: FormSettings; readonly errors: null }
  | { readonly settings: null; readonly errors: LabErrors } {
  const { options } = measured
  const reader = new FormReader()
  const problem = problemWithClient(draft, measured)
  if (problem !== null) reader.errors.client = problem
  const sweep = readSweep(reader, draft)
  const settings: FormSettings = {
    endpoint: draft.measure === 'one-way' ? readEndpoint(reader, draft.oneWayEndpoint) : measured.endpoint,
    options: draft.measure === 'one-way' ? defaultSocketOptions : options,
    load: draft.measure === 'round-trips' ? readLoad(reader, draft, sweep) : readStream(reader, draft, sweep),
    length: readLength(reader, draft),
    warmUpMs: reader.seconds('warmUp', draft.warmUp, labBounds.warmUpMs),
    timeoutMs: reader.seconds('timeout', draft.timeout, labBounds.timeoutMs),
    sweep,
    workers: draft.measure === 'one-way' ? 1 : reader.number('workers', draft.workers, labBounds.workers, true),
  }
  const tooMany = tooManyWorkers(settings)
  if (tooMany !== null) reader.errors.workers ??= tooMany
  return Object.keys(reader.errors).length > 0 ? { settings: null, errors: reader.errors } : { settings, errors: null }
}
