import { reasonOf } from '../../shared/reason.ts'
import { NotRegularFileError } from '../files/regular-file.ts'

/** What went wrong with a file or folder, for people. */
export function fileReason(thrown: unknown, what: 'file' | 'folder'): string {
  if (thrown instanceof NotRegularFileError) return `This is ${thrown.kind}, not a file, so it is skipped`
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return `The ${what} does not exist`
  if (code === 'EACCES' || code === 'EPERM') return `No permission to read the ${what}`
  return `Could not read the ${what}: ${reasonOf(thrown)}`
}
