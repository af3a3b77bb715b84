import { z } from 'zod'
import { InspectorError } from '../../shared/errors.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
import { Comparisons } from '../../shared/transcript/search/comparisons.ts'
import { parseSearch, type Search } from '../../shared/transcript/search.ts'
import type { CheckedPart } from './query.ts'
import { splitFrames, splitSizes } from './rows.ts'
import type { KnownSockets } from './views.ts'

/** The bytes of a message that expressions are tried on, and those that are looked into for values. */
const expressionBytes = 65_536
const valueBytes = 1024 * 1024

/** libsql gives the bytes of several rows without a view of them, and SQLite nothing for no bytes. */
const bytesSchema = z
  .instanceof(ArrayBuffer)
  .nullable()
  .transform((buffer) => new Uint8Array(buffer ?? []))
const storedSchema = z.object({
  id: z.number(),
  session: z.string(),
  direction: z.enum(['sent', 'received', 'none']),
  size: z.number(),
  frameSizes: z.string(),
  bytes: bytesSchema,
  preview: z.string().optional(),
  name: z.string().optional(),
  event: z.string().nullish(),
})

/** What is read of a record to check it. */
export type CheckedRecord = z.infer<typeof storedSchema>

/** Validates what is stored of a record. */
export const toChecked = (stored: unknown): CheckedRecord => storedSchema.parse(stored)

/** What was found out about a record. */
export interface Checked {
  readonly matches: boolean
  /** Whether a frame is too large to be looked into. */
  readonly isSkipped: boolean
}

/** Of a text that is looked for as it is, only where messages begin or in peers, nothing is left to be checked. */
const searchOf = ({ text, part }: LogFilter): Search => parseSearch(part === undefined ? text : '')

/** Why no record matches; null when some can. */
export interface Problem {
  readonly problem: string | null
}

/** What SQLite cannot tell of a search, checked on each record: expressions and values. */
export class RecordCheck implements Problem {
  readonly problem: string | null
  readonly #search: Search
  readonly #comparisons: Comparisons | undefined

  constructor(filter: LogFilter) {
    this.#search = searchOf(filter)
    const { problem, comparisons } = this.#search
    let why = problem
    try {
      this.#comparisons = comparisons.length > 0 ? new Comparisons(comparisons) : undefined
    } catch (thrown) {
      if (!(thrown instanceof InspectorError)) throw thrown
      why = thrown.message
    }
    this.problem = why
  }

  /** Whether there is anything to check. */
  get isNeeded(): boolean {
    return this.#search.patterns.length > 0 || this.#comparisons !== undefined
  }

  /** What is read of a record for it. */
  get part(): CheckedPart {
    return { bytes: this.#comparisons ? valueBytes : expressionBytes, texts: this.#search.patterns.length > 0 }
  }

  /** Why the check was interrupted. */
  get tooLong(): string {
    return this.#search.patterns.length > 0 || !this.#comparisons
      ? 'The regular expression takes too long: it backtracks too often. Make it simpler.'
      : 'The comparison takes too long. Make its path or its regular expression simpler.'
  }

  of(record: CheckedRecord, sockets: KnownSockets): Checked {
    const { bytes, frameSizes } = record
    const sizes = splitSizes(frameSizes).message
    const frames = splitFrames(bytes, sizes)
    if (!this.#matchesPatterns(record, frames)) return { matches: false, isSkipped: false }
    if (!this.#comparisons) return { matches: true, isSkipped: false }
    let end = 0
    const whole = frames.filter((_frame, index) => {
      end += sizes[index] ?? 0
      return end <= bytes.byteLength
    })
    const views = sockets.viewsOf(record)
    const { holds, isSkipped } = this.#comparisons.of({ frames: whole, views, isCut: whole.length < frames.length })
    return { matches: holds, isSkipped }
  }

  /** Expressions are tried on each frame, and all else that words are looked for in. */
  #matchesPatterns({ preview = '', name = '', event }: CheckedRecord, frames: readonly Uint8Array[]): boolean {
    const { patterns } = this.#search
    if (patterns.length === 0) return true
    const start = frames.map((frame) => frame.subarray(0, expressionBytes))
    const texts = [preview, name, event ?? '', ...start.map((frame) => Buffer.from(frame).toString())]
    return patterns.every(({ pattern, excludes }) => texts.some((text) => pattern.test(text)) !== excludes)
  }
}
