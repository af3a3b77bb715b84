import { reasonOf } from '../../shared/reason.ts'

/** What the system says about a file, in plain words; they go after a colon. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  SQLITE_FULL: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EROFS: 'the file system is read-only',
  SQLITE_READONLY: 'the file or its folder is read-only',
  EACCES: 'you have no permission',
  EPERM: 'the system does not permit it',
  ENOENT: 'the file or its folder is not there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'the path is too long',
  EFBIG: 'the file would be larger than the system allows',
  EIO: 'the disk cannot be read or written',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}

/** The code that a system or SQLite error carries; undefined for any other value. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** Why a file cannot be used: in plain words where the code is known, otherwise in those of whatever was thrown. */
export const fileReasonOf = (thrown: unknown): string => reasons[codeOf(thrown) ?? ''] ?? reasonOf(thrown)
