import type { Endpoint } from '../../shared/endpoint.ts'
import type { InspectorError } from '../../shared/errors.ts'
import type { LabClient } from '../../shared/lab/client.ts'
import type { OneWayPattern } from '../../shared/lab/kind.ts'
import { newStamp, readStampTo, type Stamp, stampBytes } from '../../shared/lab/stamp.ts'
import type { Frame } from '../../shared/message.ts'
import type { SocketSpec } from '../../shared/session/spec.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import { noSecurity } from '../../shared/zmq/security.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { Port } from '../sockets/port.ts'
import { WirePull } from './wire/wire-pull.ts'

/**
 * Told of each message with its stamp, which holds until this returns; null where it has none. `nowNs` is when it arrived,
 * on the monotonic clock.
 */
export type TakeStamp = (stamp: Stamp | null, nowNs: number) => void

/** The receiving end of a one-way stream, which binds. */
export interface StreamReceiver {
  /** Resolves with the endpoint to connect to. Throws `InspectorError`. */
  open(): Promise<string>
  close(): Promise<void>
}

export interface ReceiverPlan {
  readonly pattern: OneWayPattern
  readonly client: LabClient
  /** The same twice: as it is written, and its parts. */
  readonly endpoint: string
  readonly to: Endpoint
  readonly options: SocketOptions
  readonly take: TakeStamp
  /** It ended by itself. */
  broke(failure: InspectorError): void
}

/** A PULL or a SUB of libzmq. */
class LibzmqReceiver implements StreamReceiver {
  readonly #port: Port
  readonly #take: TakeStamp
  readonly #stamp = newStamp()

  constructor({ pattern, endpoint, options, take, broke }: ReceiverPlan) {
    this.#take = take
    const spec: SocketSpec = {
      pattern: pattern === 'push-pull' ? 'pull' : 'sub',
      attach: [{ how: 'bind', endpoint }],
      options,
      security: noSecurity,
      subscriptions: pattern === 'pub-sub' ? [{ encoding: 'text', text: '' }] : [],
      behaviour: null,
    }
    const nothing = (): undefined => undefined
    this.#port = new Port(
      spec,
      {},
      {
        message: (frames) => this.#onMessage(frames),
        ready: nothing,
        event: nothing,
        decided: nothing,
        changed: nothing,
        broke,
      },
    )
  }

  async open(): Promise<string> {
    await this.#port.open()
    this.#port.start()
    return this.#port.firstEndpoint ?? ''
  }

  close(): Promise<void> {
    return this.#port.close()
  }

  #onMessage([frame, ...others]: readonly Frame[]): undefined {
    const nowNs = monotonicNanoseconds()
    if (!frame || others.length > 0 || frame.byteLength < stampBytes) {
      this.#take(null, nowNs)
      return
    }
    readStampTo(this.#stamp, new DataView(frame.buffer, frame.byteOffset, stampBytes), 0)
    this.#take(this.#stamp, nowNs)
  }
}

/** Names that only libzmq can make. */
const isNamedByLibzmq = (to: Endpoint): boolean => to.scheme === 'ipc' && (to.path === '*' || to.path.startsWith('@'))

/** The receiver that speaks as the sender does, where it can. */
export function receiverOf(plan: ReceiverPlan): StreamReceiver {
  const isOwn = plan.client === 'zmtp' && plan.pattern === 'push-pull' && !isNamedByLibzmq(plan.to)
  return isOwn ? new WirePull(plan) : new LibzmqReceiver(plan)
}
