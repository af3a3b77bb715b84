import type { ErrorDetails } from '../errors.ts'
import { addressAdvice } from './address-advice.ts'
import { exchangeAdvice } from './exchange-advice.ts'
import type { Advice, AdviceFor, Facts } from './finding.ts'
import { peerAdvice } from './peer-advice.ts'

const advice = { ...addressAdvice, ...peerAdvice, ...exchangeAdvice } as const satisfies Record<string, AdviceFor>

/** What is wrong with a link or an exchange, as far as the socket's events and the system reveal it. */
export type Diagnosis = keyof typeof advice

export const isDiagnosis = (name: unknown): name is Diagnosis => typeof name === 'string' && Object.hasOwn(advice, name)

export const diagnoses: readonly Diagnosis[] = Object.keys(advice).filter(isDiagnosis)

/** A diagnosis with what it is about. */
export interface Finding {
  readonly diagnosis: Diagnosis
  readonly facts: Facts
}

export const finding = (diagnosis: Diagnosis, facts: Facts = {}): Finding => ({ diagnosis, facts })

export const adviceFor = ({ diagnosis, facts }: Finding): Advice => advice[diagnosis](facts)

/** A finding as the details of an error. */
export const detailsOf = ({ diagnosis, facts }: Finding): ErrorDetails => ({ ...facts, diagnosis })

/** The finding in an error's details; undefined when there is none. */
export function findingIn(details: ErrorDetails | undefined): Finding | undefined {
  const { diagnosis, ...facts } = details ?? {}
  return isDiagnosis(diagnosis) ? { diagnosis, facts } : undefined
}

/** Whether the finding says why no transport connection can be made. */
export const isAboutAddress = ({ diagnosis }: Finding): boolean => Object.hasOwn(addressAdvice, diagnosis)
