import { findingIn } from '../../shared/diagnosis/diagnosis.ts'
import { InspectorError, toErrorValue } from '../../shared/errors.ts'
import { type LabPlan, type LabSettings, type LabStep, stepsOf } from '../../shared/lab/plan.ts'
import type { LabProgress, LiveStep } from '../../shared/lab/progress.ts'
import type { LabRun, Problem, StepResult } from '../../shared/lab/result.ts'
import { type Share, sharedStep, wholeShare } from '../../shared/lab/share.ts'
import { monotonicNanoseconds } from '../clock.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'
import { ClosedLoop } from './closed-loop.ts'
import { FloodLoop } from './flood-loop.ts'
import { type Gates, gateOf } from './gates.ts'
import type { Metronome } from './metronome.ts'
import { OneWayLoop } from './one-way-loop.ts'
import { OpenLoop } from './open-loop.ts'
import { numberRoutingIds } from './own-routing-id.ts'
import { rehearse } from './rehearsal.ts'
import type { StartSender } from './sender-protocol.ts'
import type { StepLoop } from './step-loop.ts'
import type { StepRecorder } from './step-recorder.ts'

/** Telling holds up what has to be sent in time by up to a millisecond, so it is done less often there. */
const progressEveryMs = { closed: 200, open: 500, flood: 200, 'one-way': 200 } as const
/** A little less than the 500 ms of an open loop, whose timer may fire early. */
const liveEveryMs = 450

const nothing = (): void => undefined

export interface PlanEnd {
  readonly outcome: LabRun['outcome']
  readonly problem: Problem | null
}

interface Listener {
  progress(progress: LabProgress): void
  step(result: StepResult, index: number): void
}

function problemOf(thrown: unknown): Problem {
  const { code, message, details } = toErrorValue(thrown)
  const found = findingIn(details)
  return { code, message, diagnosis: found?.diagnosis ?? null, facts: found?.facts ?? {} }
}

/** Makes the steps of a plan in order. */
export class PlanRun {
  readonly #steps: readonly LabStep[]
  readonly #share: Share
  #loop: StepLoop | undefined
  #cancelled = false

  /**
   * `security` is that of its sockets. `metronome` is called for at a rate, `startSender` for one-way streams. `gates` let
   * a worker on that has a share of the load.
   */
  constructor(
    private readonly plan: LabPlan,
    private readonly security: LinkSecurity,
    private readonly metronome: () => Metronome,
    private readonly startSender: StartSender,
    private readonly gates: Gates,
    private readonly listener: Listener,
  ) {
    this.#steps = stepsOf(plan)
    this.#share = plan.share ?? wholeShare
    numberRoutingIds(this.#share)
  }

  /** Never rejects: an early end is part of the result. */
  async run(): Promise<PlanEnd> {
    const timer = setInterval(() => this.#loop?.atRest(this.#tell), progressEveryMs[this.plan.settings.load.model])
    try {
      await this.#rehearse()
      for (const [index, step] of this.#steps.entries()) {
        if (this.#cancelled) break
        const result = await this.#make(index, step)
        if (result) this.listener.step(result, index)
      }
      return { outcome: this.#cancelled ? 'cancelled' : 'finished', problem: null }
    } catch (thrown) {
      return { outcome: 'failed', problem: problemOf(thrown) }
    } finally {
      clearInterval(timer)
    }
  }

  /** Ends it at once; what was measured is reported before the end. */
  cancel(): void {
    this.#cancelled = true
    this.gates.cancel()
    this.#endRehearsal()
    this.#loop?.cancel()
  }

  #endRehearsal = nothing

  /** Only where sends are due at a time: others wait for replies, or for room. */
  async #rehearse(): Promise<void> {
    const { load, client } = this.plan.settings
    if (this.#cancelled || load.model !== 'open' || client !== 'zmtp') return
    try {
      await rehearse(this.metronome(), (cancel) => {
        this.#endRehearsal = cancel
        if (this.#cancelled) cancel()
      })
    } catch (thrown) {
      // The run can be made without it: then its first sends are late, which its figures say.
      if (!(thrown instanceof InspectorError)) throw thrown
    } finally {
      this.#endRehearsal = nothing
    }
  }

  #index = 0
  /** Sockets that were given a routing id. */
  #sockets = 0

  async #make(index: number, step: LabStep): Promise<StepResult | null> {
    const isShared = this.plan.share !== undefined
    if (isShared && (await this.gates.pass(gateOf(index, 'connect'))) === null) return null
    const begin = () => this.gates.pass(gateOf(index, 'begin'))
    const mine = sharedStep(step, this.plan.settings, this.#share)
    if (mine === null) {
      await begin()
      return null
    }
    const loop = this.#loopOf({ ...this.plan.settings, length: mine.length }, mine.step)
    if (isShared) loop.begin = begin
    loop.nextRoutingId = () => this.#nextRoutingId()
    loop.security = this.security
    this.#index = index
    this.#loop = loop
    this.#tell()
    return loop.run()
  }

  #loopOf(settings: LabSettings, step: LabStep): StepLoop {
    switch (step.load.model) {
      case 'closed':
        return new ClosedLoop(settings, step)
      case 'open':
        return new OpenLoop(settings, step, this.metronome(), this.#share)
      case 'flood':
        return new FloodLoop(settings, step, this.metronome, this.#share)
      case 'one-way':
        return new OneWayLoop(settings, step, this.startSender)
    }
  }

  /** Each socket needs another one, also across steps: a ROUTER rejects an id that it still knows. */
  #nextRoutingId(): string | undefined {
    const { routingIdPrefix } = this.plan
    if (routingIdPrefix === undefined) return undefined
    const number = this.#sockets * this.#share.of + this.#share.index + 1
    this.#sockets += 1
    return `${routingIdPrefix}${number}`
  }

  readonly #tell = (): void => {
    const nowNs = monotonicNanoseconds()
    if (!this.#loop) return
    const { phase, fraction, remainingMs, recorder } = this.#loop.status(nowNs)
    const steps = this.#steps.length
    this.listener.progress({
      phase,
      step: this.#index,
      steps,
      fraction: (this.#index + fraction) / steps,
      remainingMs: this.#remaining(remainingMs),
      sent: recorder?.sent ?? 0,
      replied: recorder?.replied ?? 0,
      timedOut: recorder?.timedOut ?? 0,
      failed: recorder?.failed ?? 0,
      ...(recorder?.figures(nowNs) ?? { p50Ns: null, p90Ns: null, p99Ns: null, maxNs: null, throughputPerSecond: 0 }),
      live: this.#liveOf(recorder, nowNs),
    })
  }

  #live: { readonly recorder: StepRecorder; readonly atNs: number; readonly step: LiveStep } | undefined

  /** Made anew only now and then: it takes time from the event loop that makes the load. */
  #liveOf(recorder: StepRecorder | null, nowNs: number): LiveStep | null {
    if (!recorder) return null
    if (this.#live?.recorder !== recorder || nowNs - this.#live.atNs >= liveEveryMs * 1e6) {
      this.#live = { recorder, atNs: nowNs, step: recorder.live(nowNs) }
    }
    return this.#live.step
  }

  /**
   * For this step and those to come; null when requests are counted, because later steps may have another size or rate.
   */
  #remaining(stepMs: number | null): number | null {
    const { length, warmUpMs } = this.plan.settings
    const further = this.#steps.length - this.#index - 1
    if (stepMs === null || further === 0) return stepMs
    return length.by === 'duration' ? stepMs + further * (warmUpMs + length.milliseconds) : null
  }
}
