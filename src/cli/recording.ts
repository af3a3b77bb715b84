import { rm } from 'node:fs/promises'
import { version } from '../../package.json'
import { wallClock } from '../engine/clock.ts'
import { type RecordingTarget, RecordingWriter } from '../engine/recording/recording-writer.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatCount } from '../shared/format.ts'
import { explanationOf } from '../shared/reason.ts'
import type { RecordedView } from '../shared/recording/format.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import type { NewRecord } from '../shared/transcript/record.ts'
import { complain, UsageError } from './failure.ts'

/** What a command records. */
export interface RecordingPlan {
  readonly target: RecordingTarget
  readonly spec: SocketSpec
  /** How the frames of its messages are shown. */
  readonly views: { readonly sent: RecordedView; readonly received: RecordedView }
}

const countOf = (count: number, what: string): string => `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`

function whyNotBegun(path: string, thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') {
    return `${path} is already there. Name another file, or add --overwrite to replace it.`
  }
  return `${path} cannot be written: ${explanationOf(thrown)}`
}

/** The recording of a command's socket. */
export class CommandRecording {
  #messages = 0
  #events = 0

  private constructor(
    private readonly target: RecordingTarget,
    private readonly writer: RecordingWriter,
  ) {}

  /**
   * Begins a recording of the session. Throws `UsageError` where no file can be made. `onFailure` is given an
   * `InspectorError`, once, when nothing more can be written.
   */
  static async begin(
    session: string,
    { target, spec, views }: RecordingPlan,
    onFailure: (failure: InspectorError) => void,
  ): Promise<CommandRecording> {
    try {
      const header = { application: version, at: wallClock() }
      const writer = await RecordingWriter.create(target, header, (thrown) => onFailure(asFailure(target.path, thrown)))
      const { pattern, attach, subscriptions, security } = spec
      const sent = { frames: [], others: views.sent }
      const received = { frames: [], others: views.received }
      const socket = { session, name: '', pattern, attach, subscriptions, security: security.kind }
      writer.tell({ ...socket, views: { sent, received } })
      return new CommandRecording(target, writer)
    } catch (thrown) {
      throw new UsageError(whyNotBegun(target.path, thrown), { cause: thrown })
    }
  }

  append(record: NewRecord, number: number): void {
    this.writer.append(record, number)
    if (record.kind === 'message') this.#messages += 1
    else this.#events += 1
  }

  /** Resolves when more can be taken; undefined while it can. */
  ready(): Promise<void> | undefined {
    return this.writer.ready()
  }

  /** Ends the recording, and says what is in it. Throws `InspectorError` when that is not all. */
  async close(): Promise<void> {
    try {
      await this.writer.close()
    } catch (thrown) {
      throw asFailure(this.target.path, thrown)
    }
    complain(`${countOf(this.#messages, 'message')} and ${countOf(this.#events, 'event')} are in ${this.target.path}`)
  }

  /** Ends the recording of a socket that did not open. A file that was made for it goes, so that another try can make it. */
  async discard(): Promise<void> {
    await this.writer.close()
    if (!this.target.overwrite) await rm(this.target.path, { force: true })
  }
}

const asFailure = (path: string, thrown: unknown): InspectorError =>
  thrown instanceof InspectorError
    ? thrown
    : new InspectorError('file-failed', `${path} could not be written: ${explanationOf(thrown)}`, undefined, {
        cause: thrown,
      })
