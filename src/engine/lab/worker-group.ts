import { mergeProgress } from '../../shared/lab/merge-progress.ts'
import { type LabPlan, type LabStep, stepsOf } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import type { Problem, StepResult } from '../../shared/lab/result.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { gateOf, kindOfGate } from './gates.ts'
import { endOfGroup, type GroupEnd, type Member, type MemberState, unexpected } from './group-end.ts'
import type { FromLab, ToLab } from './protocol.ts'

/** How long to wait after a cancel before killing those that have not ended. */
const cancelLimitMs = 5000
/** How long before a common start all are told of it. */
const noticeNs = 50e6

interface GroupPlan {
  readonly plan: LabPlan
  /** What tells a member to begin. */
  order(plan: LabPlan): ToLab
  /** When the first step begins, on the monotonic clock; undefined for as soon as all are ready. */
  readonly firstAtNs?: number | undefined
  progress(progress: LabProgress): void
}

/**
 * Those that make one load together, each its share: they pass each gate together, and what they measure is merged. One that
 * ends unexpectedly is told, and the others go on; one that cannot measure ends the run of all.
 */
export class WorkerGroup {
  readonly #members: readonly MemberState[]
  readonly #steps: readonly LabStep[]
  #limit: NodeJS.Timeout | undefined
  #cancelled = false
  /** Why the run was ended for all. */
  #problem: Problem | null = null
  #end: () => void = () => undefined
  readonly result: Promise<GroupEnd>

  constructor(
    members: readonly Member[],
    private readonly group: GroupPlan,
  ) {
    this.#steps = stepsOf(group.plan)
    this.#members = members.map((member) => ({
      member,
      parts: [],
      gate: null,
      progress: null,
      end: null,
      lost: null,
      isLoss: false,
    }))
    this.result = new Promise<void>((resolve) => {
      this.#end = resolve
    })
      .then(() => endOfGroup(this.#steps, this.#members, { isCancelled: this.#cancelled, problem: this.#problem }))
      .finally(() => {
        clearTimeout(this.#limit)
        for (const { child } of members) child.kill()
      })
    for (const [index, state] of this.#members.entries()) {
      state.member.child.onMessage((message) => this.#take(state, index, message))
      state.member.child.onExit((reason) => this.#lose(state, reason))
    }
  }

  /** Ends the run of all; its result is what was measured so far. */
  cancel(): void {
    this.#cancelled = true
    this.#endAll()
  }

  get #isAlone(): boolean {
    return this.#members.length === 1
  }

  get #living(): readonly MemberState[] {
    return this.#members.filter(({ end, lost }) => end === null && lost === null)
  }

  #take(state: MemberState, index: number, message: FromLab): void {
    if (state.end !== null || state.lost !== null) return
    switch (message.type) {
      case 'ready':
        // Cancelled before it began: do not wait for it.
        if (this.#cancelled) this.#lose(state, 'cancelled')
        else state.member.child.post(this.group.order(this.#planOf(index)))
        return
      case 'progress':
        state.progress = message.progress
        this.#tell(state)
        return
      case 'step':
        this.#keep(state, message.index, message.result)
        return
      case 'gate':
        state.gate = message.gate
        this.#passGate()
        return
      case 'done':
        state.end = message
        if (message.outcome === 'failed') this.#fail(state, message.problem)
        this.#ended()
        return
      case 'broken':
        this.#problem ??= this.#isAlone ? { ...message.error, diagnosis: null, facts: {} } : null
        this.#lose(state, message.error.message)
    }
  }

  /** Each step once: another program may say anything. */
  #keep({ parts }: MemberState, step: number, result: StepResult): void {
    const isKnown = parts.some((part) => part.step === step)
    if (!isKnown && step < this.#steps.length) parts.push({ step, result })
  }

  #planOf(index: number): LabPlan {
    const { plan } = this.group
    if (this.#isAlone && this.group.firstAtNs === undefined) return plan
    return { ...plan, share: { index, of: this.#members.length } }
  }

  /** Tells the progress of all when the first of them has told its own: to add up takes time. */
  #tell(state: MemberState): void {
    if (this.#living.find(({ progress }) => progress !== null) !== state) return
    const parts = this.#members.map(({ progress }) => progress).filter((each) => each !== null)
    const [only] = parts
    if (only) this.group.progress(parts.length === 1 ? only : mergeProgress(parts))
  }

  /** Lets all on when the last of them has come. */
  #passGate(): void {
    const waiting = this.#living
    const gate = waiting[0]?.gate ?? null
    if (gate === null || waiting.some((each) => each.gate !== gate)) return
    for (const each of waiting) each.gate = null
    if (kindOfGate(gate) === 'connect') {
      for (const each of this.#members) each.progress = null
      const atNs = monotonicNanoseconds()
      for (const { member } of waiting) member.child.post({ type: 'pass', gate, atNs })
      return
    }
    void Promise.all(waiting.map(({ member }) => member.settle?.() ?? 0)).then((takesNs) => {
      const soonNs = monotonicNanoseconds() + noticeNs + Math.max(...takesNs)
      const atNs = gate === gateOf(0, 'begin') ? Math.max(soonNs, this.group.firstAtNs ?? 0) : soonNs
      for (const { member } of waiting) member.child.post({ type: 'pass', gate, atNs })
    })
  }

  /** One that cannot measure: the others would measure another load, and will mostly fail in the same way. */
  #fail({ member }: MemberState, problem: Problem | null): void {
    if (this.#problem !== null || this.#cancelled) return
    const named = problem ?? unexpected('It failed.')
    this.#problem = member.environment === null ? named : { ...named, message: `${member.name}: ${named.message}` }
    this.#endAll()
  }

  #lose(state: MemberState, reason: string): void {
    if (state.end !== null || state.lost !== null) return
    state.lost = reason
    // Those that are told to end may be ended before they have done so.
    state.isLoss = this.#limit === undefined
    this.#ended()
    // The others may wait for it alone.
    this.#passGate()
  }

  #endAll(): void {
    this.#limit ??= setTimeout(() => {
      for (const { member } of this.#living) member.child.kill()
    }, cancelLimitMs)
    for (const { member } of this.#living) member.child.post({ type: 'cancel' })
  }

  #ended(): void {
    if (this.#living.length === 0) this.#end()
  }
}
