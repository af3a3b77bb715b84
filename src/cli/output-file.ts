import { access, constants, lstat, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { requireRegularOrNothing } from '../engine/files/regular-file.ts'
import { replaceFile } from '../engine/files/replace-file.ts'
import { InspectorError } from '../shared/errors.ts'
import { explanationOf } from '../shared/reason.ts'
import { UsageError } from './failure.ts'

/** A file that a command writes at its end. */
export interface OutputFile {
  readonly path: string
  /** Whether a file that is there already may be replaced. */
  readonly overwrite: boolean
  /** The option that asks for that. */
  readonly overwriteOption: '--overwrite' | '--force'
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

const isTaken = async ({ path, overwrite }: OutputFile): Promise<boolean> => !overwrite && (await exists(path))

const refusal = ({ path, overwriteOption }: OutputFile): string =>
  `${path} is already there. Name another file, or add ${overwriteOption} to replace it.`

/** Finds out before anything is done whether the file could be written. Throws `UsageError`. */
export async function checkOutputFile(file: OutputFile): Promise<void> {
  if (await isTaken(file)) throw new UsageError(refusal(file))
  const folder = dirname(file.path)
  try {
    if (!(await stat(folder)).isDirectory()) throw new UsageError(`${folder} is not a folder.`)
    requireRegularOrNothing(file.path)
    await access(folder, constants.W_OK).catch(async (thrown: unknown) => {
      // A file that is there can be written in its place.
      await access(file.path, constants.W_OK).catch(() => {
        throw thrown
      })
    })
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown
    throw new UsageError(`${file.path} cannot be written: ${explanationOf(thrown)}`, { cause: thrown })
  }
}

/**
 * Writes the file whole or not at all, with the permissions of `mode`, or else those of a file that is there. Throws
 * `InspectorError`.
 */
export async function writeOutputFile(file: OutputFile, content: string, mode?: number): Promise<void> {
  // It may have appeared since it was looked for.
  if (await isTaken(file)) throw new InspectorError('file-failed', refusal(file))
  try {
    await replaceFile(file.path, content, mode)
  } catch (thrown) {
    const why = explanationOf(thrown)
    throw new InspectorError('file-failed', `${file.path} could not be written: ${why}`, undefined, { cause: thrown })
  }
}
