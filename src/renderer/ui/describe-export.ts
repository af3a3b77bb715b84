import { formatCount } from '../../shared/format.ts'
import type { ExportedLog } from '../../shared/transcript/exported.ts'

const nouns = { message: 'messages', entry: 'entries' }

function describeMissing({ removed, cleared }: ExportedLog): string {
  if (cleared) return ' The log was cleared meanwhile: the others are not in the file.'
  if (removed === null) return ' The log removed its oldest entries meanwhile: some may be missing in the file.'
  if (removed === 0) return ''
  if (removed === 1) return ' 1 was removed from the log before it could be saved.'
  return ` ${formatCount(removed)} were removed from the log before they could be saved.`
}

/** What an export of the log has saved, and what is missing in it. Without a path the person has cancelled: empty. */
export function describeExport(
  { path, ...exported }: ExportedLog & { readonly path: string | null },
  noun: keyof typeof nouns,
): string {
  if (path === null) return ''
  const { entries } = exported
  return `Saved ${formatCount(entries)} ${entries === 1 ? noun : nouns[noun]} to ${path}.${describeMissing(exported)}`
}
