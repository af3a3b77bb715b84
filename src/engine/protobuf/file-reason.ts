import { reasonOf } from '../../shared/reason.ts'

/** What went wrong with a file or folder, for people. */
export function fileReason(thrown: unknown, what: 'file' | 'folder'): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return `The ${what} does not exist`
  if (code === 'EACCES' || code === 'EPERM') return `No permission to read the ${what}`
  if (code === 'EISDIR') return 'This is a folder, not a file'
  return `Could not read the ${what}: ${reasonOf(thrown)}`
}
