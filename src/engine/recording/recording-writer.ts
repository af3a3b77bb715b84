import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { RecordedSocket, RecordingHeader } from '../../shared/recording/format.ts'
import { endLine, headerLine, recordLine, socketLine } from '../../shared/recording/write.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import { requireRegularOrNothing } from '../files/regular-file.ts'

/** Characters that may wait for the disk before whoever records is asked to wait. */
const mostWaiting = 8 * 1024 ** 2

/** Where a recording goes. */
export interface RecordingTarget {
  readonly path: string
  /** Whether a file that is there already may be replaced. */
  readonly overwrite: boolean
}

/**
 * Writes a recording while its records come. What came is on its way to the file at once, so it can be read meanwhile. The
 * file is for its owner alone.
 */
export class RecordingWriter {
  readonly #file: FileHandle
  readonly #onFailure: (failure: unknown) => void
  /** Lines that wait for those before them. */
  #waiting = ''
  #writing: Promise<void> | null = null
  #failure: unknown = null
  #records = 0
  #isEnded = false

  private constructor(file: FileHandle, onFailure: (failure: unknown) => void) {
    this.#file = file
    this.#onFailure = onFailure
  }

  /**
   * Begins a recording. Rejects with what the system says (`EEXIST` for a file that must not be replaced), or
   * `NotRegularFileError`. `onFailure` is called once, when nothing more can be written.
   */
  static async create(
    { path, overwrite }: RecordingTarget,
    header: RecordingHeader,
    onFailure: (failure: unknown) => void,
  ): Promise<RecordingWriter> {
    if (overwrite) requireRegularOrNothing(path)
    const fresh = overwrite ? constants.O_TRUNC : constants.O_EXCL
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | fresh, 0o600)
    const writer = new RecordingWriter(file, onFailure)
    writer.#add(headerLine(header))
    return writer
  }

  /** How many records it has taken. */
  get records(): number {
    return this.#records
  }

  /** Tells of a socket, before its first record. */
  tell(socket: RecordedSocket): void {
    this.#add(socketLine(socket))
  }

  /** Takes a record. After a failure, and after its end, it takes none: a socket that closes may still tell something. */
  append(record: NewRecord, number: number): void {
    if (this.#failure !== null || this.#isEnded) return
    try {
      this.#add(recordLine(record, number))
      this.#records += 1
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  /** Resolves when it can take more; undefined while it can. */
  ready(): Promise<void> | undefined {
    return this.#waiting.length < mostWaiting ? undefined : (this.#writing ?? undefined)
  }

  /** Ends the recording, on the disk. Rejects with what has kept it from being whole. */
  async close(complete = true): Promise<void> {
    this.#isEnded = true
    this.#add(endLine({ records: this.#records, complete }))
    try {
      await this.#writing
      if (this.#failure === null) await this.#file.sync()
    } finally {
      await this.#file.close()
    }
    if (this.#failure !== null) throw this.#failure
  }

  #add(line: string): void {
    if (this.#failure !== null) return
    this.#waiting += line
    this.#writing ??= this.#write()
  }

  /** Writes what waits, and what comes meanwhile. Never rejects. */
  async #write(): Promise<void> {
    try {
      while (this.#waiting !== '') {
        const lines = this.#waiting
        this.#waiting = ''
        await this.#file.writeFile(lines)
      }
    } catch (thrown) {
      this.#fail(thrown)
    }
    this.#writing = null
  }

  #fail(thrown: unknown): void {
    this.#failure = thrown
    this.#waiting = ''
    this.#onFailure(thrown)
  }
}
