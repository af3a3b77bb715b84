import { inFewNumbers, mergeSteps } from '../../shared/lab/merge-steps.ts'
import type { LabStep } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import type { Environment, LabRun, Problem, RunWorker, StepResult } from '../../shared/lab/result.ts'
import type { FromLab, LabChild } from './protocol.ts'

/** One of those that make a load. */
export interface Member {
  readonly name: string
  readonly child: LabChild
  /** Where it measures; null for this machine. */
  readonly environment: Environment | null
  /** Compares its clock with this one's, and resolves with how long it takes at most to tell it something, in nanoseconds. */
  settle?(): Promise<number>
  /** How its clock was compared at its worst; null before. */
  readonly clock?: RunWorker['clock']
}

export interface GroupEnd {
  readonly outcome: LabRun['outcome']
  readonly problem: Problem | null
  readonly versions: Readonly<Record<string, string>>
  readonly steps: readonly StepResult[]
  readonly workers: readonly RunWorker[]
}

export interface MemberState {
  readonly member: Member
  /** What it measured of each step. */
  readonly parts: { step: number; result: StepResult }[]
  /** Where it waits for the others; null where it does not. */
  gate: number | null
  /** Of the step that is made now. */
  progress: LabProgress | null
  end: Extract<FromLab, { type: 'done' }> | null
  /** Why it ended before it was done. */
  lost: string | null
  /** Whether nobody had told it to end. */
  isLoss: boolean
}

/** How the run of a group ended. */
interface Ending {
  readonly isCancelled: boolean
  /** Why it was ended for all; null where it was not. */
  readonly problem: Problem | null
}

/** A problem that nobody foresaw. */
export const unexpected = (message: string): Problem => ({ code: 'internal', message, diagnosis: null, facts: {} })

/** One process of this machine makes all. */
const isOneHere = (members: readonly MemberState[]): boolean =>
  members.length === 1 && members[0]?.member.environment === null

function lossInWords(members: readonly MemberState[]): Problem | null {
  const lost = members.filter(({ isLoss }) => isLoss)
  const [first] = lost
  if (!first) return null
  if (isOneHere(members)) {
    const kept = first.parts.length > 0 ? ' Finished steps are kept.' : ''
    return unexpected(`The measuring process ended unexpectedly (${first.lost}).${kept}`)
  }
  const names = lost.map(({ member, lost: reason }) => `${member.name} (${reason})`).join(', ')
  const kept = members.length > lost.length ? ' What the others measured is kept.' : ''
  return unexpected(`Lost while measuring: ${names}.${kept}`)
}

function outcomeOf(members: readonly MemberState[], isCancelled: boolean, problem: Problem | null): LabRun['outcome'] {
  if (isCancelled) return 'cancelled'
  if (problem !== null) return 'failed'
  return members.some(({ end }) => end?.outcome === 'cancelled') ? 'cancelled' : 'finished'
}

function stepsOf(steps: readonly LabStep[], members: readonly MemberState[]): StepResult[] {
  return steps.flatMap((step, index) => {
    const parts = members.flatMap(({ parts: made }) => made.filter((part) => part.step === index))
    const [only] = parts.map(({ result }) => result)
    if (only === undefined) return []
    return [
      isOneHere(members)
        ? only
        : mergeSteps(
            step,
            parts.map(({ result }) => result),
          ),
    ]
  })
}

const workersOf = (members: readonly MemberState[]): RunWorker[] =>
  isOneHere(members)
    ? []
    : members.map(({ member, parts, lost, isLoss }) => ({
        name: member.name,
        environment: member.environment,
        clock: member.clock ?? null,
        lost: isLoss ? lost : null,
        parts: parts.map(({ step, result }) => ({ step, result: inFewNumbers(result) })),
      }))

/** What those that made a load together have measured, in one. */
export function endOfGroup(
  steps: readonly LabStep[],
  members: readonly MemberState[],
  { isCancelled, problem }: Ending,
): GroupEnd {
  const why = isCancelled ? null : (problem ?? lossInWords(members))
  return {
    outcome: outcomeOf(members, isCancelled, why),
    problem: why,
    versions: members.find(({ end }) => end !== null)?.end?.versions ?? {},
    steps: stepsOf(steps, members),
    workers: workersOf(members),
  }
}
