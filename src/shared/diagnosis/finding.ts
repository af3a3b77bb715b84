import type { ErrorDetails } from '../errors.ts'

/** What a diagnosis is about: a name, a path, a size, a limit. */
export type Facts = ErrorDetails

/** A cause and its cure, in plain words. */
export interface Advice {
  readonly cause: string
  readonly cure: string
}

/** The words for a diagnosis, made from its facts. */
export type AdviceFor = (facts: Facts) => Advice

/** The fact as text; empty when it is missing. */
export const textFact = (facts: Facts, name: string): string => String(facts[name] ?? '')

/** The fact as a number; 0 when it is missing. */
export const numberFact = (facts: Facts, name: string): number => Number(facts[name] ?? 0)
