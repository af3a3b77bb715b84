import { readFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { type Assertion, parseAssertion } from '../shared/lab/assertion.ts'
import { labBounds } from '../shared/lab/plan.ts'
import type { LabRun } from '../shared/lab/result.ts'
import { reasonOf } from '../shared/reason.ts'
import { UsageError } from './failure.ts'
import { parseTimeout } from './parse-timeout.ts'

interface Bounds {
  readonly minimum: number
  readonly maximum: number
}

const millisecondsOf: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 }
const bytesOf: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, kib: 1024, m: 1024 ** 2, mib: 1024 ** 2 }

/** Parses `10s`, `500ms` or `2min` as milliseconds; a bare number is seconds. */
const parseDuration =
  ({ minimum, maximum }: Bounds) =>
  (text: string): number => {
    const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|min|m|h)?$/.exec(text) ?? []
    const milliseconds = Math.round(Number(amount) * (millisecondsOf[unit] ?? Number.NaN))
    if (milliseconds >= minimum && milliseconds <= maximum) return milliseconds
    throw new InvalidArgumentError(
      `Write seconds, or a time such as 500ms, 10s or 2min, from ${minimum} ms to ${maximum / 1000} s.`,
    )
  }

export const parseLength = parseDuration(labBounds.durationMs)
export const parseWarmUp = parseDuration(labBounds.warmUpMs)

export const parseWait = parseDuration({ minimum: 100, maximum: 24 * 3_600_000 })

const dayMs = 24 * 3_600_000

/** Parses a moment as milliseconds since the epoch: with its date, or else the next time that the clock shows it. */
export function parseStartAt(text: string, _before?: unknown, now: number = Date.now()): number {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(text) ?? []
  let at = Date.parse(text)
  if (hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60) {
    const clock = new Date(now)
    clock.setHours(Number(hours), Number(minutes), 0, Math.round(Number(seconds) * 1000))
    at = clock.getTime() <= now ? clock.getTime() + dayMs : clock.getTime()
  }
  if (!Number.isFinite(at) || !/\d:\d/.test(text)) {
    throw new InvalidArgumentError('Write a time such as 14:30:00, or with its date: 2030-01-31T14:30:00Z.')
  }
  if (at > now && at <= now + dayMs) return at
  throw new InvalidArgumentError('It has to be within the next 24 hours.')
}

/** Milliseconds, as for every `--timeout`, limited to the range of the histograms. */
export function parseLimit(text: string): number {
  const milliseconds = parseTimeout(text)
  const { maximum } = labBounds.timeoutMs
  if (milliseconds <= maximum) return milliseconds
  throw new InvalidArgumentError(`The timeout is at most ${maximum / 1000} s here.`)
}

function parseNumber(text: string, { minimum, maximum }: Bounds, whole: boolean): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (value >= minimum && value <= maximum && (!whole || Number.isInteger(value))) return value
  throw new InvalidArgumentError(`Write a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}.`)
}

export const parseRequests = (text: string): number => parseNumber(text, labBounds.count, true)

function parseSize(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? []
  const bytes = Number(amount) * (bytesOf[unit.toLowerCase()] ?? Number.NaN)
  const { minimum, maximum } = labBounds.size
  if (bytes >= minimum && bytes <= maximum && Number.isInteger(bytes)) return bytes
  throw new InvalidArgumentError(
    `Write bytes, or a size such as 16KiB, from ${minimum} B to ${maximum / 1024 ** 2} MiB.`,
  )
}

/** Parses a comma-separated list; several values make a sweep. */
const parseList =
  (parse: (text: string) => number) =>
  (text: string): number[] => {
    const parts = text.split(',').map((part) => part.trim())
    const { maximum } = labBounds.sweepSteps
    if (parts.length > maximum) throw new InvalidArgumentError(`A sweep has at most ${maximum} steps.`)
    return parts.map(parse)
  }

export const parseSizes = parseList(parseSize)
export const parseConcurrency = parseList((text) => parseNumber(text, labBounds.concurrency, true))
export const parseInFlight = parseList((text) => parseNumber(text, labBounds.inFlight, true))
export const parseWorkers = (text: string): number => parseNumber(text, labBounds.workers, true)
export const parseRates = parseList((text) => parseNumber(text, labBounds.messageRate, false))

/** Adds an assertion to those before it. */
export function collectAssertions(text: string, before: readonly Assertion[]): Assertion[] {
  try {
    return [...before, parseAssertion(text)]
  } catch (thrown) {
    throw new InvalidArgumentError(reasonOf(thrown))
  }
}

/** Reads an earlier result. Throws `UsageError` before anything is measured. */
export async function readRun(path: string): Promise<LabRun> {
  try {
    const { parseRunJson } = await import('../shared/lab/summary.ts')
    return parseRunJson(await readFile(path, 'utf8'))
  } catch (thrown) {
    const reason = reasonOf(thrown)
    throw new UsageError(`Could not compare with ${path}. ${reason}`, { cause: thrown })
  }
}
