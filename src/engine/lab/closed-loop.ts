import { InspectorError } from '../../shared/errors.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { LoadLoop } from './load-loop.ts'
import type { LoadSocket, RequestListener } from './load-socket.ts'
import type { StepRecorder } from './step-recorder.ts'

/** Each socket sends its next request when its reply arrives. When the peer stalls, so do the requests. */
export class ClosedLoop extends LoadLoop {
  #underWay = 0
  /** Sockets that are made usable again, for all of their requests that failed at once. */
  readonly #renewals = new Map<LoadSocket, Promise<boolean>>()

  protected get firstSockets(): number {
    return this.step.load.model === 'closed' ? this.step.load.concurrency : 1
  }

  protected get underWay(): number {
    return this.#underWay
  }

  get expectedNs(): number | null {
    const { length } = this.settings
    return length.by === 'duration' ? length.milliseconds * 1e6 : null
  }

  protected async load(sockets: readonly LoadSocket[], recorder: StepRecorder): Promise<void> {
    await this.pause((this.startNs - monotonicNanoseconds()) / 1e6)
    const { load } = this.step
    const lanes = Array.from({ length: load.model === 'closed' ? (load.inFlight ?? 1) : 1 })
    await Promise.all(lanes.flatMap(() => sockets.map((socket) => this.#drive(socket, recorder))))
  }

  /** One exchange after the other. Resolves after the last one, or when the socket is no longer usable. */
  #drive(socket: LoadSocket, recorder: StepRecorder): Promise<void> {
    const most = this.requests
    return new Promise((resolve, reject) => {
      // Both are used again for each exchange.
      let measured: StepRecorder | null = null
      const reply = { dueNs: 0, sentNs: 0, doneNs: 0 }
      const next = (): void => {
        const nowNs = monotonicNanoseconds()
        if (this.cancelled || recorder.sent >= most || nowNs >= this.endNs) {
          resolve()
          return
        }
        measured = nowNs >= this.measureFromNs ? recorder : null
        if (measured) this.#begin(measured)
        socket.request(listener)
      }
      const listener: RequestListener = {
        replied: (sentNs, doneNs) => {
          if (measured) {
            this.#underWay -= 1
            reply.dueNs = sentNs
            reply.sentNs = sentNs
            reply.doneNs = doneNs
            measured.reply(reply)
          }
          next()
        },
        failed: (thrown) => {
          // An abandoned request still counts as in progress.
          if (this.cancelled) {
            resolve()
            return
          }
          if (measured) this.#underWay -= 1
          const renewed = measured
          this.#record(measured, thrown)
          this.#renewOnce(socket, (failure) => renewed?.failure(monotonicNanoseconds(), failure)).then(
            (isUsable) => (isUsable ? next() : resolve()),
            reject,
          )
        },
      }
      next()
    })
  }

  #renewOnce(socket: LoadSocket, failed: (thrown: unknown) => void): Promise<boolean> {
    const underWay = this.#renewals.get(socket)
    if (underWay) return underWay
    const renewal = this.renew(socket, failed).finally(() => this.#renewals.delete(socket))
    this.#renewals.set(socket, renewal)
    return renewal
  }

  #begin(recorder: StepRecorder): void {
    this.beginMeasuring()
    recorder.begin()
    this.#underWay += 1
  }

  #record(recorder: StepRecorder | null, thrown: unknown): void {
    if (thrown instanceof InspectorError && thrown.code === 'timeout') recorder?.timeout(monotonicNanoseconds())
    else recorder?.failure(monotonicNanoseconds(), thrown)
  }
}
