import type { UnusableFile } from '../engine/files/json-file.ts'

const longest = 300

export const describeSetAside = (path: string, setAside: string, reason: string): string =>
  `${path} could not be read (${reason.slice(0, longest)}). It was kept as ${setAside}, and a new one is in use.`

export function titleOfUnusable(what: string, { trouble }: UnusableFile): string {
  if (trouble === 'damaged') return `The ${what} file was damaged`
  return trouble === 'newer' ? `The ${what} file is from a newer version` : `The ${what} file cannot be read`
}

const cures: Readonly<Record<UnusableFile['trouble'], string>> = {
  damaged: 'Move it away and start the application again.',
  unreadable: 'Make it readable and start the application again.',
  newer: 'Update ZeroMQ Inspector, or start it with another folder (--user-data-dir).',
}

export function describeUnusable({ path, trouble, setAside, reason }: UnusableFile): string {
  if (setAside !== null) return describeSetAside(path, setAside, reason)
  const cure = cures[trouble]
  return `${path}: ${reason.slice(0, longest)}. The file is not changed, and nothing is saved. ${cure}`
}
