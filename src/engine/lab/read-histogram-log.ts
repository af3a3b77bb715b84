import { inflateSync } from 'node:zlib'
import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js'
import { reasonOf } from '../../shared/reason.ts'

/** One line of a histogram log. */
export interface LoggedInterval {
  /** What the line is of, where a log holds several things; null without a tag. */
  readonly tag: string | null
  /** In milliseconds since the epoch. */
  readonly startMs: number
  readonly endMs: number
  /** In the unit of the log; counts are exact up to 2^53. */
  readonly histogram: JsHistogram
}

/** A line that is none of a histogram log, counted from 1. */
export class HistogramLogError extends Error {
  override readonly name = 'HistogramLogError'

  constructor(
    readonly line: number,
    message: string,
  ) {
    super(`line ${line} ${message}`)
  }
}

/** A histogram of five digits over all numbers takes some 50 MB; what claims more is damaged. */
const largestInflated = 64 * 1024 ** 2
/** Cookie and length, before what is compressed. */
const headerBytes = 8
const yearSeconds = 365 * 24 * 3600

/** Begins a comment of ours that says why the figures of a log are unreliable. */
export const unreliable = '#[Unreliable:'

/** Why the figures of a log are unreliable, as the run that wrote it knew. */
export const doubtsIn = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.startsWith(unreliable))
    .map((line) => line.slice(unreliable.length).trim().replace(/\]$/, ''))

const intervalLine =
  /^(?:Tag=([^,\s]+)[,\s]+)?([\d.eE+-]+)[,\s]+([\d.eE+-]+)[,\s]+[\d.eE+-]+[,\s]+([A-Za-z0-9+/]+={0,2})$/

function histogramOf(base64: string): JsHistogram {
  const bytes = Buffer.from(base64, 'base64')
  // The library has no limit, and a short line can hold very much.
  inflateSync(bytes.subarray(headerBytes), { maxOutputLength: largestInflated })
  const decoded = decodeFromCompressedBase64(base64, 64)
  if (!(decoded instanceof JsHistogram)) throw new Error('it was decoded as something else')
  return decoded
}

/**
 * Reads HdrHistogram's log, versions 1.0 to 1.3 with V2 histograms, line by line (format:
 * http://hdrhistogram.github.io/HdrHistogram/JavaDoc/org/HdrHistogram/HistogramLogReader.html). Throws
 * `HistogramLogError` for the first line that is none.
 */
export function* readHistogramLog(text: string): Generator<LoggedInterval> {
  let startTime = 0
  let baseTime: number | null = null
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim()
    const [, name, seconds] = /^#\[(StartTime|BaseTime): ([\d.eE+]+)/.exec(line) ?? []
    if (name === 'StartTime') startTime = Number(seconds)
    if (name === 'BaseTime') baseTime = Number(seconds)
    if (line === '' || line.startsWith('#') || line.startsWith('"StartTimestamp"')) continue
    const [, tag = null, start, length, base64] = intervalLine.exec(line) ?? []
    const [from, lengthS] = [Number(start), Number(length)]
    if (base64 === undefined || !Number.isFinite(from) || !Number.isFinite(lengthS)) {
      throw new HistogramLogError(index + 1, 'is no interval of a histogram log.')
    }
    // As HdrHistogram's own reader has it: far before the start of the log, times count from that.
    baseTime ??= from < startTime - yearSeconds ? startTime : 0
    const startMs = (baseTime + from) * 1000
    let histogram: JsHistogram
    try {
      histogram = histogramOf(base64)
    } catch (thrown) {
      throw new HistogramLogError(index + 1, `has no V2 histogram: ${reasonOf(thrown)}`)
    }
    yield { tag, startMs, endMs: startMs + lengthS * 1000, histogram }
  }
}
