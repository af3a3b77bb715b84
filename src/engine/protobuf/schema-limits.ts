import { formatCount, formatSize } from '../../shared/format.ts'
import { readRegularFile, TooLargeFileError } from '../files/regular-file.ts'
import { SourceError } from './source-error.ts'

/** Limits, so that a wrong folder or a hostile file does not exhaust memory and time. */
export interface SchemaLimits {
  readonly fileBytes: number
  /** Of all files together. */
  readonly totalBytes: number
  readonly files: number
  /** Files and folders of any kind in a folder and those below it. */
  readonly entries: number
  /** Imports in one file. */
  readonly imports: number
}

const mebibyte = 1024 * 1024

export const schemaLimits: SchemaLimits = {
  fileBytes: 8 * mebibyte,
  totalBytes: 128 * mebibyte,
  files: 20_000,
  entries: 200_000,
  imports: 5000,
}

/** What was in a file, or what the system says of it. */
export type FoundBytes = { readonly bytes: Buffer } | { readonly thrown: unknown }

/** Reads files until their limits are reached. */
export class BoundedFiles {
  #bytes = 0

  constructor(private readonly limits: SchemaLimits) {}

  /** Begins to read a file, beside others. `admit` tells what was found. */
  async look(path: string, fileBytes = this.limits.fileBytes): Promise<FoundBytes> {
    try {
      return await readRegularFile(path, fileBytes)
    } catch (thrown) {
      return { thrown }
    }
  }

  /** The bytes that were found. Throws `SourceError` beyond a limit, `NotRegularFileError`, or what the system says. */
  admit(found: FoundBytes, fileBytes = this.limits.fileBytes): Buffer {
    const size = 'bytes' in found ? found.bytes.byteLength : sizeOf(found.thrown)
    const { totalBytes } = this.limits
    if (size !== null && size <= fileBytes && this.#bytes + size > totalBytes) {
      throw new SourceError(`The files have more than ${formatSize(totalBytes)} in all, so this one is not read`, null)
    }
    if ('bytes' in found) {
      this.#bytes += found.bytes.byteLength
      return found.bytes
    }
    if (!(found.thrown instanceof TooLargeFileError)) throw found.thrown
    const words = size === null ? `more than ${formatSize(fileBytes)}` : formatSize(size)
    throw new SourceError(`The file has ${words}; the limit is ${formatSize(fileBytes)}`, null)
  }

  /** A file's bytes, or throws as `admit` does. */
  async read(path: string, fileBytes?: number): Promise<Buffer> {
    return this.admit(await this.look(path, fileBytes), fileBytes)
  }

  checkCount(files: number): void {
    if (files < this.limits.files) return
    throw new SourceError(`Too many files: the limit is ${formatCount(this.limits.files)}`, null)
  }
}

const sizeOf = (thrown: unknown): number | null => (thrown instanceof TooLargeFileError ? thrown.size : null)
