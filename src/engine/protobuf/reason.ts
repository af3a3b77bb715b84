/** The message of a thrown value. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** What went wrong with a file or folder, for people. */
export function fileReason(thrown: unknown, what: 'file' | 'folder'): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return `The ${what} does not exist`
  if (code === 'EACCES' || code === 'EPERM') return `No permission to read the ${what}`
  if (code === 'EISDIR') return 'This is a folder, not a file'
  return `Could not read the ${what}: ${messageOf(thrown)}`
}
