import type { Disturbance, UnusableFile } from '../engine/files/json-file.ts'
import type { NoticeWords } from './notices.ts'

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

/** Of a document that cannot be saved. */
export const cannotBeSaved = (what: string, path: string, reason: string): NoticeWords => ({
  level: 'error',
  title: `The ${what} file cannot be saved`,
  text: `${path}: ${reason.slice(0, longest)}. Saving is tried again until it works. What has changed is lost if you quit before.`,
})

export const savedAgain = (what: string, path: string): NoticeWords => ({
  level: 'solved',
  title: `The ${what} file is saved again`,
  text: `${path} holds everything.`,
})

/** Of a file that somebody else removed or changed, and that was written again. */
export function describeDisturbance(what: string, { path, keptAs }: Disturbance): NoticeWords {
  if (keptAs === null) {
    const text = `${path} was removed or moved while it was in use. It was written again.`
    return { level: 'warning', title: `The ${what} file was removed`, text }
  }
  const text = `${path} was changed while it was in use. It was written again; what the other program wrote is in ${keptAs}.`
  return { level: 'warning', title: `Another program changed the ${what} file`, text }
}
