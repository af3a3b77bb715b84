import type { CodecOptions } from '../../shared/codecs/codec.ts'
import type { Frame } from '../../shared/message.ts'
import { topicBytes } from '../../shared/session/topic.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import type { WatchState } from '../../shared/watch/state.ts'
import type { Watch } from '../../shared/watch/watch.ts'
import type { RecordTap } from '../transcript/record-tap.ts'
import { AgeWatcher } from './age-watcher.ts'
import { RateWatcher } from './rate-watcher.ts'
import { SequenceWatcher } from './sequence-watcher.ts'
import type { Watcher, WatcherHost } from './watcher.ts'

/** A watch, with the options of its encoding. */
export interface DecodedWatch {
  readonly watch: Watch
  readonly decoding: CodecOptions
  /** Of the Protobuf schema that the options are from: with another, it is watched anew. */
  readonly schema: number
}

function watcherOf({ watch, decoding }: DecodedWatch, host: WatcherHost): Watcher {
  switch (watch.kind) {
    case 'sequence':
      return new SequenceWatcher(watch, decoding, host)
    case 'age':
      return new AgeWatcher(watch, decoding, host)
    case 'rate':
      return new RateWatcher(watch, host)
  }
}

/** Whether a frame begins with some bytes. */
function beginsWith(frame: Frame | undefined, start: Frame): boolean {
  return frame !== undefined && start.every((byte, place) => frame[place] === byte)
}

interface Running {
  readonly watcher: Watcher
  readonly start: Frame | null
  /** The watch as text, with the version of the schema where it needs one. */
  readonly is: string
}

/** What is watched of the messages that a session receives. Of no cost without a watch. */
export class SessionWatches {
  #running: readonly Running[] = []
  #end: () => void = () => undefined
  #isOpen = false

  constructor(
    private readonly tap: RecordTap,
    private readonly host: WatcherHost,
  ) {}

  get states(): readonly WatchState[] {
    return this.#running.map(({ watcher }) => watcher.state)
  }

  /** Watches these and no others; those that are watched already go on. Throws `InspectorError`, and changes nothing then. */
  set(watches: readonly DecodedWatch[]): void {
    const before = new Map(this.#running.map((each) => [each.is, each]))
    const wanted = watches.map((each): Running => {
      const is = JSON.stringify([each.watch, each.decoding.message ? each.schema : 0])
      const { topic } = each.watch
      return before.get(is) ?? { watcher: watcherOf(each, this.host), start: topic && topicBytes(topic), is }
    })
    for (const each of this.#running) if (!wanted.includes(each)) each.watcher.stop()
    if (this.#isOpen) for (const each of wanted) if (!before.has(each.is)) each.watcher.start()
    this.#running = wanted
    this.#end()
    this.#end = wanted.length === 0 ? () => undefined : this.tap.listen((record) => this.#take(record))
    this.host.changed()
  }

  /** The socket is open: everything begins anew. */
  start(): void {
    this.#isOpen = true
    for (const { watcher } of this.#running) watcher.start()
  }

  /** The socket is closed. */
  stop(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const { watcher } of this.#running) watcher.stop()
  }

  #take(record: NewRecord): void {
    if (record.direction !== 'received') return
    const first = record.frames[record.envelope]
    for (const { watcher, start } of this.#running) {
      if (start === null || beginsWith(first, start)) watcher.take(record)
    }
  }
}
