import { elements } from '../../shared/codecs/array/elements.ts'
import type { CodecOptions } from '../../shared/codecs/codec.ts'
import { formatCount } from '../../shared/format.ts'
import { shownTopic, topicOf } from '../../shared/topics/topic-text.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import type { Value } from '../../shared/values/value.ts'
import type { SequenceState } from '../../shared/watch/state.ts'
import type { SequenceWatch } from '../../shared/watch/watch.ts'
import { valueReader } from '../values/read-value.ts'
import { Incidents } from './incidents.ts'
import { Sequence, type Step } from './sequence.ts'
import type { Watcher, WatcherHost } from './watcher.ts'

/** Topics that are counted for themselves; the ones seen first are forgotten. */
const mostTopics = 10_000

const isInteger = /^\s*[+-]?\d{1,40}\s*$/

/** An integer, or a text that is one. */
function integerOf(value: Value | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  return typeof value === 'string' && isInteger.test(value) ? BigInt(value.trim().replace('+', '')) : undefined
}

/** Where numbers of an array's type begin again with 0; null for numbers without an end. */
function modulusOf({ source: { encoding, array } }: SequenceWatch): bigint | null {
  if (encoding !== 'array' || !array || !array.type.startsWith('uint')) return null
  return 1n << BigInt(8 * elements[array.type].size)
}

const nothingSeen = { seen: 0, without: 0, missing: 0, gaps: 0, repeated: 0, reordered: 0, restarts: 0 }

/** Counts what is missing, repeated and out of order in a sequence of numbers. */
export class SequenceWatcher implements Watcher {
  #counts = { ...nothingSeen }
  #last: bigint | null = null
  readonly #sequences = new Map<string, Sequence>()
  readonly #incidents: Incidents
  readonly #read: (record: NewRecord) => Value | undefined
  readonly #modulus: bigint | null

  /** Throws `InspectorError` for a path that is none. */
  constructor(
    private readonly watch: SequenceWatch,
    decoding: CodecOptions,
    private readonly host: WatcherHost,
  ) {
    this.#read = valueReader(watch.source, decoding)
    this.#modulus = modulusOf(watch)
    this.#incidents = new Incidents(host.tell)
  }

  get state(): SequenceState {
    const last = this.#last === null ? null : `${this.#last}`
    return { id: this.watch.id, kind: 'sequence', ...this.#counts, last, incidents: this.#incidents.newest }
  }

  start(): void {
    this.#counts = { ...nothingSeen }
    this.#last = null
    this.#sequences.clear()
    this.#incidents.clear()
  }

  take(record: NewRecord): void {
    const number = integerOf(this.#read(record))
    this.#counts.seen += 1
    this.host.changed()
    if (number === undefined) {
      this.#counts.without += 1
      return
    }
    this.#last = number
    this.#count(record, this.#sequenceOf(record).take(number), number)
  }

  stop(): void {
    this.#incidents.flush()
  }

  #sequenceOf({ frames, envelope }: NewRecord): Sequence {
    const frame = this.watch.perTopic ? frames[envelope] : undefined
    const key = frame ? Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('latin1', 0, 255) : ''
    const known = this.#sequences.get(key)
    if (known) return known
    for (const oldest of this.#sequences.keys()) {
      if (this.#sequences.size < mostTopics) break
      this.#sequences.delete(oldest)
    }
    const sequence = new Sequence(this.#modulus)
    this.#sequences.set(key, sequence)
    return sequence
  }

  #count(record: NewRecord, step: Step, number: bigint): void {
    const of = this.#topicWords(record)
    switch (step.kind) {
      case 'first':
      case 'next':
        return
      case 'gap': {
        this.#counts.gaps += 1
        this.#counts.missing += step.missing
        const which = step.missing === 1 ? `${step.from}` : `${step.from} to ${step.to}`
        this.#incidents.add('sequence:gap', record.at, `${formatCount(step.missing)} missing: ${which}${of}`)
        return
      }
      case 'reordered':
        this.#counts.reordered += 1
        this.#counts.missing -= 1
        this.#incidents.add('sequence:reordered', record.at, `${number} came late${of}`)
        return
      case 'repeated':
        this.#counts.repeated += 1
        this.#incidents.add('sequence:repeated', record.at, `${number} came again${of}`)
        return
      case 'restart':
        this.#counts.restarts += 1
        this.#incidents.add('sequence:restarted', record.at, `Began anew with ${number}, after ${step.after}${of}`)
    }
  }

  #topicWords({ frames, envelope }: NewRecord): string {
    const frame = this.watch.perTopic ? frames[envelope] : undefined
    return frame ? ` (${shownTopic(topicOf(frame.subarray(0, 255)))})` : ''
  }
}
