import { documentFault } from './reasons/document-faults.ts'
import type { KnownReason } from './reasons/known-reason.ts'
import { sqliteReason } from './reasons/sqlite-reasons.ts'
import { systemReason } from './reasons/system-reasons.ts'

const knownReason = (thrown: unknown): KnownReason | null =>
  thrown instanceof Error ? (sqliteReason(thrown) ?? systemReason(thrown)) : null

/**
 * Why something failed, for people, to be put into a sentence: `the disk is full`. What the system, SQLite and schemas
 * say has words of ours; anything else is told as it was thrown.
 */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return wordsFor(thrown)
  return knownReason(thrown)?.because ?? documentFault(thrown) ?? thrown.message
}

/** What helps against a failure, as a whole sentence: `Free some space there, then try again.`; empty when unknown. */
export const cureOf = (thrown: unknown): string => knownReason(thrown)?.cure ?? ''

/** Reason and cure as the end of a sentence: `the disk is full. Free some space there, then try again.` */
export function explanationOf(thrown: unknown): string {
  const reason = reasonOf(thrown).replace(/\.$/, '')
  const cure = cureOf(thrown)
  return cure === '' ? `${reason}.` : `${reason}. ${cure}`
}

/** Reason and cure as whole sentences: `The disk is full. Free some space there, then try again.` */
export function sentenceOf(thrown: unknown): string {
  const explanation = explanationOf(thrown)
  return explanation.charAt(0).toUpperCase() + explanation.slice(1)
}

/** Whether the system or SQLite told why, in a way that has words of ours: no mistake of the application's. */
export const hasKnownReason = (thrown: unknown): boolean => knownReason(thrown) !== null

/** Anything can be thrown, even an object without a prototype, which `String` cannot convert. */
function wordsFor(thrown: unknown): string {
  return typeof thrown === 'object' ? Object.prototype.toString.call(thrown) : String(thrown)
}
