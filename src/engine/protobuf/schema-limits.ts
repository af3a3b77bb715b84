import { formatCount, formatSize } from '../../shared/format.ts'
import { readRegularFile, TooLargeFileError } from '../files/regular-file.ts'
import { SourceError } from './tokens.ts'

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

/** Reads files until their limits are reached. */
export class BoundedFiles {
  #bytes = 0

  constructor(private readonly limits: SchemaLimits) {}

  /** A file's bytes. Throws `SourceError` beyond a limit, `NotRegularFileError`, or what the system says. */
  async read(path: string): Promise<Buffer> {
    const { fileBytes, totalBytes } = this.limits
    const left = totalBytes - this.#bytes
    try {
      const { bytes } = await readRegularFile(path, Math.min(fileBytes, left))
      this.#bytes += bytes.byteLength
      return bytes
    } catch (thrown) {
      if (!(thrown instanceof TooLargeFileError)) throw thrown
      if (left < fileBytes && (thrown.size ?? 0) <= fileBytes) {
        throw new SourceError(
          `The files have more than ${formatSize(totalBytes)} in all, so this one is not read`,
          null,
        )
      }
      const size = thrown.size === null ? `more than ${formatSize(fileBytes)}` : formatSize(thrown.size)
      throw new SourceError(`The file has ${size}; the limit is ${formatSize(fileBytes)}`, null)
    }
  }

  checkCount(files: number): void {
    if (files < this.limits.files) return
    throw new SourceError(`Too many files: the limit is ${formatCount(this.limits.files)}`, null)
  }
}
