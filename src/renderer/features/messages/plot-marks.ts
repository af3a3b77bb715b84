import type { RecordRow } from '../../../shared/transcript/record.ts'

/** Events that are marked in a plot, by how their name begins, and what is said of them. */
const marked: readonly (readonly [start: string, words: string])[] = [
  ['disconnect', 'Disconnected'],
  ['handshake:error', 'Handshake failed'],
  ['handshake', 'Connected'],
  ['bind:error', 'Could not bind'],
  ['accept:error', 'Could not accept a connection'],
  ['sequence:', 'Gap in the sequence'],
  ['alarm:', 'Alarm'],
]

/** What is said of an event in a plot; null for one that is not marked. */
export function markWords({ event, preview }: Pick<RecordRow, 'event' | 'preview'>): string | null {
  const [, words] = marked.find(([start]) => event?.startsWith(start)) ?? []
  if (words === undefined) return null
  return preview === '' ? words : `${words}: ${preview}`
}
