import { finding } from '../shared/diagnosis/diagnosis.ts'
import { InspectorError } from '../shared/errors.ts'
import { type Frame, sizeOf } from '../shared/message.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import { wallClock } from './clock.ts'
import { whyNotSent } from './delivery.ts'
import { withEnvelope } from './outgoing.ts'
import type { Presence } from './presence.ts'
import { SentOrder } from './sent-order.ts'
import { failureOf } from './sockets/link-failures.ts'
import type { SendListener } from './sockets/outlet.ts'
import type { Port } from './sockets/port.ts'
import type { SendOptions, StrategyHost } from './strategy.ts'
import type { TrafficMeter } from './traffic-meter.ts'
import { type SessionName, sentRecord } from './transcript/records.ts'
import type { Turn } from './turn.ts'

/** A socket that is open, with what is known of its peers. */
export interface OpenSocket {
  readonly spec: SocketSpec
  readonly port: Port
  readonly presence: Presence
  /** As what its messages are logged. */
  name(): SessionName
}

/** Sends the messages of a session that sends in any order, and logs each before what answers it. */
export class StreamSender {
  readonly #order = new SentOrder(() => this.host.log)

  constructor(
    private readonly host: StrategyHost,
    private readonly traffic: TrafficMeter,
    private readonly turn: Turn,
  ) {}

  /** Call this for each message that arrives, before it gets its number. */
  received(): void {
    this.#order.received()
  }

  /**
   * Throws `InspectorError`: `wrong-state` where the socket cannot send now; `timeout` without a peer or room;
   * `unreachable` when the chosen peer is not there.
   */
  async send(socket: OpenSocket, frames: readonly Frame[], options: SendOptions): Promise<void> {
    const { timeoutMs, origin = 'person', to = null } = options
    const { spec, port, presence } = socket
    const { alone, envelope, lockstep, label } = patternOf(spec.pattern)
    if (lockstep === 'receive-first' && !this.turn.waiting) {
      throw new InspectorError('wrong-state', `A ${label} can send only to answer a request, and none waits.`)
    }
    const address = to && { routingId: to, delimiter: presence.peers?.usesDelimiter(to) ?? false }
    const message = withEnvelope(spec, frames, address)
    const isAlone = alone === 'waits' && !port.hasPeer
    const isUnheard = presence.subscribers?.hear(frames[0]) === false
    const at = wallClock()
    const { trips } = this.host
    const timed = trips?.sending(to, frames, at, timeoutMs)
    const listener: SendListener = {
      waits: () => {
        if (timed) trips?.hold(timed)
      },
      tries: () => this.#order.tries(),
    }
    const mayWait = envelope !== 'peer' && lockstep === null
    this.#order.begin()
    try {
      if (!mayWait) await this.#offer(socket, message.frames, to)
      else if ((await port.send(message.frames, timeoutMs, listener)) && timed) {
        // What it waited for, such as a peer, is no part of the round trip.
        trips?.sent(timed, wallClock())
      }
    } catch (thrown) {
      this.#order.end()
      if (timed) trips?.withdraw(timed)
      throw mayWait ? whyNotSent(thrown, port.hasPeer, timeoutMs) : thrown
    }
    const number = this.#order.end()
    const exchange = this.turn.waiting?.record ?? null
    this.traffic.sent(sizeOf(frames))
    if (isAlone && !port.hasPeer) this.traffic.queued()
    if (isUnheard) this.traffic.unheard()
    const record = sentRecord(socket.name(), at, message.frames, message.envelope, origin, exchange)
    this.host.log.keep(record, number)
    this.turn.end()
    this.host.changed()
  }

  /** Sends a message at once, or throws why it cannot be sent. */
  async #offer({ port, presence }: OpenSocket, frames: readonly Frame[], to: Frame | null): Promise<void> {
    const whyDropped = await port.offer([...frames])
    if (whyDropped === null) {
      if (to) presence.peers?.sent(to)
      return
    }
    if (whyDropped !== 'the peer has gone') throw new InspectorError('timeout', `Not sent: ${whyDropped}.`)
    const wasThere = to !== null && presence.peers?.isThere(to)
    if (to) presence.peers?.gone(to)
    this.host.changed()
    throw failureOf('unreachable', finding(wasThere ? 'peer-gone' : 'peer-unknown'))
  }
}
