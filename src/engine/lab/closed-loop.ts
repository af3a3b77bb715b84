import { InspectorError } from '../../shared/errors.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { LoadLoop } from './load-loop.ts'
import type { LoadSocket } from './load-socket.ts'
import type { StepRecorder } from './step-recorder.ts'

/** Each socket sends its next request when its reply arrives. When the peer stalls, so do the requests. */
export class ClosedLoop extends LoadLoop {
  #underWay = 0

  protected get firstSockets(): number {
    return this.step.load.model === 'closed' ? this.step.load.concurrency : 1
  }

  protected get underWay(): number {
    return this.#underWay
  }

  protected get expectedNs(): number | null {
    const { length } = this.settings
    return length.by === 'duration' ? length.milliseconds * 1e6 : null
  }

  protected async load(sockets: readonly LoadSocket[], recorder: StepRecorder): Promise<void> {
    await Promise.all(sockets.map((socket) => this.#drive(socket, recorder)))
  }

  async #drive(socket: LoadSocket, recorder: StepRecorder): Promise<void> {
    const { length } = this.settings
    const most = length.by === 'count' ? length.requests : Number.POSITIVE_INFINITY
    while (!this.cancelled && recorder.sent < most) {
      const nowNs = monotonicNanoseconds()
      if (nowNs >= this.endNs) return
      const measured = nowNs >= this.measureFromNs
      if (!(await this.#request(socket, measured ? recorder : null))) return
    }
  }

  /** One exchange, recorded unless it is part of the warm-up; `false` when the socket is no longer usable. */
  async #request(socket: LoadSocket, recorder: StepRecorder | null): Promise<boolean> {
    if (recorder) {
      this.beginMeasuring()
      recorder.sent += 1
      this.#underWay += 1
    }
    try {
      const { startNs, roundTripNs } = await socket.exchange()
      recorder?.reply({ dueNs: startNs, sentNs: startNs, doneNs: startNs + roundTripNs })
    } catch (thrown) {
      // An abandoned request still counts as in progress.
      if (this.cancelled) return false
      if (recorder) this.#underWay -= 1
      this.#record(recorder, thrown)
      return this.renew(socket, (failure) => recorder?.failure(monotonicNanoseconds(), failure))
    }
    if (recorder) this.#underWay -= 1
    return true
  }

  #record(recorder: StepRecorder | null, thrown: unknown): void {
    if (thrown instanceof InspectorError && thrown.code === 'timeout') recorder?.timeout(monotonicNanoseconds())
    else recorder?.failure(monotonicNanoseconds(), thrown)
  }
}
