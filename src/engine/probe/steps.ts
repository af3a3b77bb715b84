import { adviceFor, type Finding } from '../../shared/diagnosis/diagnosis.ts'
import type { Facts } from '../../shared/diagnosis/finding.ts'
import { type Endpoint, isOverNetwork } from '../../shared/endpoint.ts'
import type { ProbeStep } from '../../shared/probe/report.ts'
import { greetingWords, handshakeWords, traceWords } from '../../shared/probe/step-words.ts'
import type { Said } from './conversation.ts'
import type { Target } from './targets.ts'

const withoutDot = (sentence: string): string => sentence.replace(/\.$/, '')

/** A path needs no look-up. */
export function resolveStep(
  endpoint: Endpoint,
  targets: readonly Target[] | Finding,
  ns: number,
): readonly ProbeStep[] {
  if (!isOverNetwork(endpoint)) return []
  const step = { step: 'resolve', address: null, ns } as const
  if ('diagnosis' in targets) {
    return [{ ...step, outcome: 'failed', detail: withoutDot(adviceFor(targets).cause), facts: targets.facts }]
  }
  const labels = targets.map(({ label }) => label).join(', ')
  return [{ ...step, outcome: 'ok', detail: labels, facts: { addresses: targets.length } }]
}

/** `connections`: how many were made. */
export function closeStep(connections: number): ProbeStep {
  return { step: 'close', address: null, outcome: 'ok', ns: 0, detail: traceWords(connections), facts: { connections } }
}

/** An address that could not be connected to. */
export const failedStep = (address: string, found: Finding, code: string, ns: number): ProbeStep => ({
  step: 'connect',
  address,
  outcome: 'failed',
  ns,
  detail: withoutDot(adviceFor(found).cause),
  facts: { ...found.facts, code },
})

/** An address that was connected to. */
export const connectedStep = (address: string, ns: number): ProbeStep => ({
  step: 'connect',
  address,
  outcome: 'ok',
  ns,
  detail: 'connected',
  facts: {},
})

/** Facts that are there. */
const present = (facts: Readonly<Record<string, string | boolean | null>>): Facts =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

export function saidSteps(address: string, { answer, greetingNs, handshakeNs }: Said): readonly ProbeStep[] {
  const { protocol, version, mechanism, asServer, start, handshake, socketType, identity, metadata, refusal } = answer
  const greeting: ProbeStep = {
    step: 'greeting',
    address,
    outcome: protocol === 'zmtp' ? 'ok' : 'failed',
    ns: greetingNs,
    detail: greetingWords(answer),
    facts: present({ protocol, version, mechanism, asServer, start }),
  }
  if (handshakeNs === null) return [greeting]
  const shaken: ProbeStep = {
    step: 'handshake',
    address,
    outcome: handshake === 'done' ? 'ok' : 'failed',
    ns: handshakeNs,
    detail: handshakeWords(answer),
    facts: present({ ...metadata, handshake, socketType, identity, refusal }),
  }
  return [greeting, shaken]
}
