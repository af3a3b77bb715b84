import { kindWords } from '../../shared/lab/kind.ts'

/** What has a duration, given what durations are drawn, in the plural: `reply`, `replies`. */
export function timedIn(subject: string): readonly [one: string, several: string] {
  if (subject === kindWords['one-way'].subject) return ['message', 'messages']
  return subject === kindWords.flood.subject ? ['write', 'writes'] : ['reply', 'replies']
}
