import { codeOf, type KnownReason, known } from './known-reason.ts'

const space = 'Free some space there, then try again.'
const permissions = 'Change its permissions, or choose another place.'
const elsewhere = 'Choose another place.'
const otherProgram = 'Close the program that uses it, then try again.'
const disk = 'Check the disk or the network drive.'

/** What the system says of files, folders, pipes and processes, by its codes. */
const reasons: Readonly<Record<string, KnownReason>> = {
  ENOSPC: known('the disk is full', space),
  EDQUOT: known('your share of the disk (the quota) is used up', space),
  EFBIG: known('the file would be larger than is allowed here', elsewhere),
  EROFS: known('the file system is read-only', elsewhere),
  EACCES: known('this user has no permission to use it', permissions),
  EPERM: known('the system does not permit it', permissions),
  ENOENT: known('the file or folder does not exist'),
  EEXIST: known('there is already a file or folder of that name'),
  EISDIR: known('it is a folder, not a file'),
  ENOTDIR: known('a part of the path is a file, not a folder'),
  ENOTEMPTY: known('the folder is not empty'),
  ELOOP: known('its links lead in a circle'),
  ENAMETOOLONG: known('the name or the path is too long', 'Choose a shorter one.'),
  EINVAL: known('the system does not accept the name or the value'),
  EMFILE: known('this program has too many files and sockets open', 'Close connections, then try again.'),
  ENFILE: known('the system has too many files and sockets open', 'Close other programs, then try again.'),
  ENOMEM: known('there is not enough memory', 'Close other programs, then try again.'),
  EIO: known('the disk failed to read or write', disk),
  ENXIO: known('there is no such device, or nobody reads the pipe'),
  ENODEV: known('there is no such device'),
  ESTALE: known('the network drive no longer knows the file', disk),
  ETIMEDOUT: known('no answer came in time', disk),
  EBUSY: known('another program uses it', otherProgram),
  ETXTBSY: known('it is a program that is running', otherProgram),
  EXDEV: known('it is on another disk', elsewhere),
  EPIPE: known('nobody reads the output any more'),
  EBADF: known('it is closed'),
  EAGAIN: known('it is not ready'),
}

/** `ENOSPC: no space left on device, write '/a/b'`, as Node.js words what the system says. */
const nodeWords = /^[A-Z][A-Z\d]+: (?<words>[^,]+)(?:, .*)?$/s

/** The reason for an error of the system; null for any other. ZeroMQ has the same codes in words of its own. */
export function systemReason(thrown: Error): KnownReason | null {
  const code = codeOf(thrown)
  const words = nodeWords.exec(thrown.message)?.groups?.words
  if (code === null || (words === undefined && !('syscall' in thrown))) return null
  return reasons[code] ?? (words === undefined ? null : known(`${words} (${code})`))
}
