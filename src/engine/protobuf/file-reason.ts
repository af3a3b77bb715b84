import { reasonOf } from '../../shared/reason.ts'

/** What went wrong with a file or folder, in words for a person. */
export function fileReason(thrown: unknown, what: 'file' | 'folder'): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return `The ${what} does not exist`
  if (code === 'EACCES' || code === 'EPERM') return `The ${what} may not be read`
  if (code === 'EISDIR') return 'This is a folder, not a file'
  return `The ${what} cannot be read: ${reasonOf(thrown)}`
}
